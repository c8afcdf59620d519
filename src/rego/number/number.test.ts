import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absolute,
  addNumbers,
  ceiling,
  divideNumbers,
  floorNumber,
  multiplyNumbers,
  remainder,
  roundNumber,
  subtractNumbers,
} from './arithmetic.ts'
import { compareNumbers, fromBigInt, fromDouble, numberKey, numberText, parseNumber, type Numeric } from './decimal.ts'

function read(text: string): Numeric {
  const value = parseNumber(text)
  if (value === undefined) throw new Error(`no number: ${text}`)
  return value
}

const big = fc.oneof(fc.bigInt(), fc.maxSafeInteger().map(BigInt), fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }))

describe('numbers', () => {
  it('integers are as bigint', () => {
    fc.assert(
      fc.property(big, big, (a, b) => {
        const x = fromBigInt(a)
        const y = read(b.toString())
        expect(numberText(x)).toBe(a.toString())
        expect(Math.sign(compareNumbers(x, y))).toBe(a < b ? -1 : a > b ? 1 : 0)
        expect(numberKey(x) === numberKey(y)).toBe(a === b)
        expect(numberText(addNumbers(x, y))).toBe((a + b).toString())
        expect(numberText(subtractNumbers(x, y))).toBe((a - b).toString())
        expect(numberText(multiplyNumbers(x, y))).toBe((a * b).toString())
        if (b !== 0n) expect(numberText(remainder(x, y))).toBe((a % b).toString())
      }),
    )
  })

  it('doubles are themselves', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const read = parseNumber(String(value))
        expect(read === undefined ? undefined : Number(numberText(read))).toBe(value === 0 ? 0 : value)
        expect(compareNumbers(fromDouble(value), read ?? NaN)).toBe(0)
      }),
    )
  })

  it.each([
    ['0.1', '0.2', '0.3'],
    ['1.5', '2.5', '4'],
    ['1234567.5', '0', '1.2345675e+06'],
    ['0.00001', '0', '1e-05'],
    ['0.30000000000000000001', '0', '0.3'],
    ['9007199254740993', '0.5', '9.0071992547409935e+15'],
  ])('%s + %s = %s in 64-bit mantissas', (a, b, sum) => {
    expect(numberText(addNumbers(read(a), read(b)))).toBe(sum)
  })

  it('divides', () => {
    expect(numberText(divideNumbers(1, 3))).toBe('0.33333333333333333334')
    expect(numberText(divideNumbers(10, 4))).toBe('2.5')
    expect(numberText(divideNumbers(read('1150000000000000000000'), 1024))).toBe('1123046875000000000')
    expect(() => divideNumbers(1, 0)).toThrow('divide by zero')
    expect(() => remainder(1.5, 1)).toThrow('modulo on floating-point number')
    expect(() => remainder(1, 0)).toThrow('modulo by zero')
  })

  it('rounds', () => {
    expect([1.5, -1.5, 2.4, -2.6].map(roundNumber)).toEqual([2, -2, 2, -3])
    expect([1.1, -1.9, 3].map(ceiling)).toEqual([2, -1, 3])
    expect([1.9, -1.1, 3].map(floorNumber)).toEqual([1, -2, 3])
    expect(numberText(absolute(read('-9007199254740993')))).toBe('9007199254740993')
  })

  it('keeps the text of what it reads', () => {
    for (const text of ['1.0', '1e3', '1.50', '-0.0', '1e21', '12345678901234567890.5', '0.123456789012345678901'])
      expect(numberText(read(text))).toBe(text)
    expect(read('1')).toBe(1)
    expect(numberKey(read('1e3'))).toBe(1000)
    expect(read('-0')).toBe(0)
    expect(numberKey(read('1e21'))).toBe(numberKey(read('1000000000000000000000')))
    expect(numberKey(read('1.5e0'))).toBe(1.5)
    expect(parseNumber('1e99999')).toBeUndefined()
    expect(parseNumber('abc')).toBeUndefined()
  })

  it('does not grow without end', () => {
    let value = read('1e30000')
    expect(() => {
      for (let turn = 0; turn < 60; turn++) value = multiplyNumbers(value, value)
    }).toThrow('number too big')
  })
})
