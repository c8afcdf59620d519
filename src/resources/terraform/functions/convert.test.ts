import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compareStrings,
  formatNumber,
  list,
  parseNumber,
  toBool,
  toNumber,
  toStringValue,
  valuesEqual,
} from './convert.ts'
import { isErrorValue } from './evaluation-error.ts'
import { from, oneOf, plainOf, type Plain, setOf, unknown } from './test-support.ts'

test.each([
  [0, '0'],
  [-0, '0'],
  [1.5, '1.5'],
  [0.1 + 0.2, '0.3'],
  [1e21, '1000000000000000000000'],
  [1.25e22, '12500000000000000000000'],
  [-1.5e-10, '-0.00000000015'],
  [5e-324, `0.${'0'.repeat(323)}5`],
])('%s is printed as %s', (number, text) => {
  expect(formatNumber(number)).toBe(text)
})

test('integers are printed without an exponent and read back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const text = formatNumber(number)
      expect(text).toMatch(/^-?\d+(\.\d+)?$/)
      if (Number.isInteger(number)) expect(parseNumber(text)).toBe(number === 0 ? 0 : number)
    }),
  )
})

test.each<[Plain, Plain, boolean | undefined]>([
  ['a', 'a', true],
  ['1', 1, false],
  [null, null, true],
  [null, 'a', false],
  [['a'], ['a'], true],
  [['a'], ['a', 'b'], false],
  [{ a: 1 }, { a: 1 }, true],
  [{ a: 1 }, { b: 1 }, false],
  [{ a: 1 }, { a: unknown() }, undefined],
  [{ a: 1, b: 2 }, { a: 2, b: unknown() }, false],
  [setOf('b', 'a'), setOf('a', 'b'), true],
  [setOf('a'), ['a'], undefined],
  [unknown(), 'a', undefined],
  [unknown({ notNull: true }), null, false],
  [unknown(), null, undefined],
  [unknown({ type: 'string' }), 1, false],
  [unknown({ type: 'string' }), unknown({ type: 'number' }), undefined],
  [oneOf('a', 'b'), 'c', false],
  [oneOf('a', 'b'), 'a', undefined],
  [oneOf('a', 'b'), oneOf('c', 'd'), false],
  [unknown({ type: 'string', parts: ['arn:', unknown()] }), 'arn:x', undefined],
  [unknown({ type: 'string', parts: ['arn:', unknown()] }), 'urn:x', false],
  [list([from('a')], unknown()), ['a'], undefined],
])('%j == %j is %s', (a, b, expected) => {
  expect(valuesEqual(from(a), from(b))).toBe(expected)
  expect(valuesEqual(from(b), from(a))).toBe(expected)
})

test('conversions keep what they know of an unknown value', () => {
  expect(toStringValue(oneOf(1, true))).toMatchObject({
    type: 'string',
    candidates: [{ value: '1' }, { value: 'true' }],
  })
  expect(toNumber(unknown({ type: 'string', parts: ['1', unknown()] }))).not.toHaveProperty('parts')
  expect(toBool(unknown({ notNull: true }))).toMatchObject({ type: 'bool', notNull: true })
})

test('conversions refuse what Terraform refuses', () => {
  expect(
    [toNumber(from('x')), toBool(from(1)), toStringValue(from([])), toNumber(unknown({ type: 'map' }))].map(
      isErrorValue,
    ),
  ).toEqual([true, true, true, true])
  expect(plainOf(toStringValue(from(null)))).toBe(null)
})

test('strings are ordered by code point', () => {
  expect(['\u{1f600}', '\uffee', 'a', 'Z'].toSorted(compareStrings)).toEqual(['Z', 'a', '\uffee', '\u{1f600}'])
})
