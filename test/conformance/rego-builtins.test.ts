import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  compile,
  equalValues,
  fromJson,
  parseJson,
  parseModule,
  printValue,
  RegoObject,
  toJson,
  type Value,
} from '../../src/rego/index.ts'

/** `[expression]` where OPA 1.22.2 gives nothing, else `[expression, its result]`: our expressions, answered by `opa eval`. */
const ROWS = parseJson(readFileSync(new URL('rego-builtins.json', import.meta.url), 'utf8'))

function rows(): (readonly [string, Value | undefined])[] {
  if (!Array.isArray(ROWS)) throw new TypeError('a list')
  return ROWS.map((row: Value) => {
    const [expression, result] = Array.isArray(row) ? row : []
    return [String(expression), result] as const
  })
}

/** As JSON has it: sets are arrays. */
function plain(value: Value): Value {
  return fromJson(toJson(value))
}

test('builtins give what OPA gives', () => {
  const all = rows()
  expect(all.length).toBeGreaterThan(700)
  const source = `package t\nimport rego.v1\n${all.map(([expression], index) => `r[${index}] := x if { x := ${expression} }`).join('\n')}\n`
  const [bindings] = compile([parseModule('builtins.rego', source)])
    .prepare('x := data.t.r')
    .evaluate()
  const results = bindings?.get('x')
  if (!(results instanceof RegoObject)) throw new TypeError('an object')
  const wrong: string[] = []
  for (const [index, [expression, wanted]] of all.entries()) {
    const got = results.get(index)
    const json = got === undefined ? undefined : plain(got)
    const same = wanted === undefined || json === undefined ? wanted === json : equalValues(wanted, json)
    if (!same) wrong.push(`${expression}: ${json === undefined ? 'undefined' : printValue(json)}`)
  }
  expect(wrong).toEqual([])
})
