import { expect, test } from 'vitest'
import { CelExpression } from './environment.ts'
import { CelError } from './error.ts'
import { toCel } from './values.ts'

function fault(text: string, object: unknown = {}): CelError {
  try {
    const value = new CelExpression(text, { variables: new Set() }).evaluate({ object: toCel(object), oldObject: null })
    throw new Error(`it gives ${String(value)}`)
  } catch (error) {
    if (error instanceof CelError) return error
    throw error
  }
}

const LOOP = 'lists.range(900).all(i, a, lists.range(900).all(j, b, lists.range(900).all(k, c, true)))'

test.each([
  ['macros of two variables', LOOP],
  ['macros of one', 'lists.range(900).map(a, lists.range(900).map(b, lists.range(900).map(c, 1)))'],
  ['macros whose error something else could make up for', `${LOOP} || true`],
  ['texts that grow', `'0123456789'${".replace('', '0123456789')".repeat(12)}`],
  ['lists that grow', `lists.range(9).map(i, object.list)${'.map(l, l + l)'.repeat(30)}`],
  ['sorting by keys', 'lists.range(900).map(i, lists.range(90000).sortBy(x, -x))'],
])('the budget bounds %s', (_, text) => {
  expect(fault(text, { list: Array.from({ length: 500 }, () => 1) }).message).toBe(
    'evaluation took more than 10000000 steps',
  )
})

test('one evaluation after the other has the whole budget', () => {
  fault(LOOP)
  expect(new CelExpression('lists.range(1000).all(i, v, i == v)', { variables: new Set() }).evaluate({})).toBe(true)
})

test.each([
  [
    'authorizer.path("/x").check("get").allowed()',
    /^undeclared reference to 'authorizer': Gatekeeper does not offer it/,
    0,
  ],
  ['true && authorizer.path("/x").check("get").allowed()', /^undeclared reference to 'authorizer'/, 8],
  ['cel.bind(x, 1, x)', /^undeclared reference to 'cel'$/, 0],
  ['nobody.x == 1', /^undeclared reference to 'nobody'$/, 0],
  ['object.a.all(k, k, true)', /^duplicate variable name: k$/, 16],
  ['[?object.?a, nobody]', /^undeclared reference to 'nobody'$/, 13],
  ['object.`a.b` + nobody', /^undeclared reference to 'nobody'$/, 15],
  ['object.a.getHours(1)', /^found no matching overload for 'dyn\.getHours\(int\)'$/, 0],
  ['object.a == duration("1d")', /^invalid duration "1d"$/, 12],
])('%s is refused where it is wrong', (text, message, offset) => {
  const error = fault(text)
  expect(error.message).toMatch(message)
  expect(error.offset).toBe(offset)
})

test.each([
  ["'a?b' in ['a?b', \"[?\"] // [?x]\n&& true", true],
  ['[object.`a.b`, object.`c-d`]', [1n, 2n]],
  ["{'x': {?'y': object.?e}, ?'z': optional.none()}", { x: { y: 3n } }],
  ['[?object.e == 3 ? optional.of(1) : optional.none()]', [1n]],
])('%s is read as cel-go reads it', (text, value) => {
  const object = toCel({ 'a.b': 1, 'c-d': 2, e: 3 })
  expect(new CelExpression(text, { variables: new Set() }).evaluate({ object })).toEqual(value)
})
