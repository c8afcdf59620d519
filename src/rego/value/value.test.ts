import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Decimal } from '../number/decimal.ts'
import { jsonText, parseJson, toJson } from './json.ts'
import { displayValue, printValue } from './print.ts'
import { compareValues, equalValues, fromJson, keyOf, ObjectBuilder, RegoObject, RegoSet, type Value } from './value.ts'

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -3, max: 3 }),
  fc.bigInt().map((n) => parseJson(n.toString())),
  fc.string({ unit: 'binary', maxLength: 3 }),
)
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => RegoSet.of(items)),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }).map((entries) => RegoObject.of(entries)),
  ),
})).value

describe('values', () => {
  it('have one key for each class of equals, and a total order', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(equalValues(a, a)).toBe(true)
        expect(compareValues(a, b) === 0).toBe(equalValues(a, b))
        expect(keyOf(a) === keyOf(b)).toBe(equalValues(a, b))
        expect(Math.sign(compareValues(a, b))).toBe(0 - Math.sign(compareValues(b, a)))
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) expect(compareValues(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('orders strings by their bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareValues(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
    )
  })

  it('wraps plain objects and equals built ones', () => {
    const wrapped = fromJson({ b: [1, { c: null }], a: 'x', gone: undefined, __proto__: { inherited: 1 } })
    const built = RegoObject.of([
      ['a', 'x'],
      ['b', [1, RegoObject.of([['c', null]])]],
    ])
    expect(equalValues(wrapped, built)).toBe(true)
    expect(keyOf(wrapped)).toBe(keyOf(built))
    expect(wrapped instanceof RegoObject && [wrapped.size, wrapped.has('constructor'), wrapped.has('gone')]).toEqual([
      2,
      false,
      false,
    ])
  })

  it('finds composite keys and keys that start with NUL', () => {
    const object = new ObjectBuilder()
      .set([1, 'a'], 1)
      .set('\0["1"]', 2)
      .set(RegoSet.of([2, 1]), 3)
      .build()
    expect(object.get([1, 'a'])).toBe(1)
    expect(object.get('\0["1"]')).toBe(2)
    expect(object.get(RegoSet.of([1, 2, 2]))).toBe(3)
    expect(object.get('\0[1,"a",]')).toBeUndefined()
    expect(printValue(object)).toBe(String.raw`{"\x00[\"1\"]": 2, [1, "a"]: 1, {1, 2}: 3}`)
  })

  it('prints as OPA prints terms', () => {
    const all = parseJson('{"b": [true, null, 1.5, 1150000000000000000000], "a": "é\\u0001\\n\\"\\ud83d\\ude00"}')
    expect(printValue(all)).toBe(String.raw`{"a": "é\x01\n\"😀", "b": [true, null, 1.5, 1150000000000000000000]}`)
    expect(printValue(RegoSet.of(['b', 'a', 'b']))).toBe('{"a", "b"}')
    expect(printValue(RegoSet.empty)).toBe('set()')
    expect(printValue(RegoObject.empty)).toBe('{}')
    expect(displayValue('raw "text"')).toBe('raw "text"')
  })
})

describe('JSON', () => {
  it('keeps numbers exact', () => {
    const text = '[9007199254740993,0.30000000000000000001,1e400,-12345678901234567890.5,1.5,100]'
    const parsed = parseJson(text)
    expect(jsonText(parsed)).toBe(text)
    expect(Array.isArray(parsed) && parsed.slice(0, 4).every((item: Value) => item instanceof Decimal)).toBe(true)
  })

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (raw) => {
        const text = JSON.stringify([raw, 1e300])
        expect(toJson(parseJson(text))).toEqual(JSON.parse(text))
      }),
    )
    for (const bad of ['', '[1e5', '{"a":1e5,}', '[1e5,]', '01e5', '"\u0001 1e5"', '1e5 x', '{1e5:1}', '1e999999']) {
      expect(() => parseJson(bad), bad).toThrow(SyntaxError)
    }
  })

  it('refuses what is nested too deep', () => {
    expect(() => parseJson('['.repeat(100_000) + ']'.repeat(100_000))).toThrow('exceeded max depth')
  })

  it('turns sets into arrays and other keys into text', () => {
    const object = RegoObject.of([
      [1, RegoSet.of([3, 2])],
      [['a'], true],
    ])
    expect(toJson(object)).toEqual({ 1: [2, 3], '["a"]': true })
    expect(jsonText(object)).toBe('{"1":[2,3],"[\\"a\\"]":true}')
  })
})
