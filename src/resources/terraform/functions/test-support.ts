import { expect, test } from 'vitest'
import type { Reference, UnknownValue, Value } from '../../value.ts'
import { bool, list, map, nullValue, num, str } from './convert.ts'
import { isErrorValue } from './evaluation-error.ts'
import { callFunction, type FunctionContext } from './index.ts'
import { makeSet } from './members.ts'

/** What a test writes for a value; values themselves may stand anywhere in it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain } | Value

/** Expected where Terraform would fail. */
export const ERROR = '(error)'
/** Expected where the result is not known. */
export const UNKNOWN = '(unknown)'

/** Name, arguments, expected result. */
export type Case = readonly [name: string, args: readonly Plain[], expected: Plain]

export function from(plain: Plain): Value {
  if (plain === null) return nullValue
  if (typeof plain === 'boolean') return bool(plain)
  if (typeof plain === 'number') return num(plain)
  if (typeof plain === 'string') return str(plain)
  if (isList(plain)) return list(plain.map(from))
  if (isValue(plain)) return plain
  return map(Object.entries(plain).map(([key, item]) => [key, from(item)] as const))
}

function isList(plain: object): plain is readonly Plain[] {
  return Array.isArray(plain)
}

function isValue(plain: object): plain is Value {
  return 'kind' in plain && typeof plain.kind === 'string'
}

export function setOf(...members: readonly Plain[]): Value {
  return makeSet(members.map(from))
}

export function secret(plain: Plain): Value {
  return { ...from(plain), sensitive: true }
}

/** An unknown value of which nothing is known but what `more` says. */
export function unknown(more: Partial<UnknownValue> = {}): UnknownValue {
  return { kind: 'unknown', reason: 'var.x has no default', ...more }
}

export function oneOf(...candidates: readonly Plain[]): UnknownValue {
  return unknown({ candidates: candidates.map(from) })
}

export function ref(address: string): Reference {
  return { address, root: '.', attribute: 'id' }
}

/** A value as the tests compare it: without origins and references, lists that may go on end in `...`. */
export function plainOf(value: Value): Plain {
  switch (value.kind) {
    case 'null':
      return null
    case 'unknown':
      return isErrorValue(value) ? ERROR : UNKNOWN
    case 'list':
      return [...value.items.map(plainOf), ...(value.rest === undefined ? [] : ['...'])]
    case 'map': {
      const entries = [...value.entries].map(([key, item]) => [key, plainOf(item)] as const)
      return Object.fromEntries(value.rest === undefined ? entries : [...entries, ['...', '...'] as const])
    }
    default:
      return value.value
  }
}

const files: ReadonlyMap<string, string> = new Map([
  ['policy.json', '{"a":1}'],
  ['templates/hello.tftpl', 'hello ${name}'],
  ['templates/bye.tftpl', 'bye'],
  ['binary', 'a\ufffd'],
])

/** A module with the files above; its templates know `${name}` only. */
export const context: FunctionContext = {
  moduleDir: 'infra',
  readFile: (path) => files.get(path.replace(/^\.\//, '')),
  fileExists: (path) => files.has(path),
  glob: (pattern) =>
    pattern === 'templates/*.tftpl' ? [...files.keys()].filter((name) => name.endsWith('.tftpl')) : undefined,
  evaluateTemplate: (text, vars) => str(text.replaceAll('${name}', String(plainOf(vars.get('name') ?? nullValue)))),
}

export function call(name: string, ...args: readonly Plain[]): Value {
  return callFunction(name, args.map(from), context)
}

/** One test for each case. */
export function check(cases: readonly Case[]): void {
  test.each(cases)('%s(%j) is %j', (name, args, expected) => {
    expect(plainOf(call(name, ...args))).toEqual(expected)
  })
}
