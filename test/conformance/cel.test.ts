import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { CelExpression } from '../../src/gatekeeper/cel/environment.ts'
import { CelError } from '../../src/gatekeeper/cel/error.ts'
import { toCel } from '../../src/gatekeeper/cel/values.ts'
import { showCel } from './cel/show.ts'

/** What bench/cel/compare.mjs wrote: the answers of k8s.io/apiserver 0.36.2. */
const { object, cases } = z
  .object({
    object: z.unknown(),
    cases: z.array(
      z.object({ expression: z.string(), result: z.string().optional(), fails: z.enum(['compile', 'run']).optional() }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('cel/cases.json', import.meta.url), 'utf8')))

/** Where we are known to differ, by what we say. */
const DIFFERENCES: ReadonlyMap<string, string> = new Map([
  // Names of libraries are values of their own here.
  ['format.dns1123Label', 'fails: run'],
  ['lists.nope', 'fails: run'],
  ['google', '{"protobuf":{"Duration":Type<google.protobuf.Duration>,"Timestamp":Type<google.protobuf.Timestamp>}}'],
  // Found when it is compiled there, when it runs here; and the other way round.
  ["'%s'.format([optional.of(1)])", 'fails: run'],
  ["'%s'.format([semver('1.0.0')])", 'fails: run'],
  ["'%s'.format([b'\\xff'])", 'fails: compile'],
  // Not refused here.
  ['[1, 2].flatten()', '[1,2]'],
  ['object.spec.containers.map(c, c.name, )', '["c1","a2"]'],
  ["quantity('1Ei').asInteger()", '1152921504606846976'],
  // The library's literals, times of milliseconds, and unsigned integers beside integers that nobody has declared.
  ['.5', 'fails: compile'],
  ["b'é'.size()", '1'],
  ["br'\\x00'", 'fails: compile'],
  ['type(optional.of(1)) == optional_type', 'fails: compile'],
  ["string(timestamp('2020-01-01T00:00:00.123456Z'))", '"2020-01-01T00:00:00.123Z"'],
  ['dyn(1) in [1u]', 'false'],
  ['object.spec.replicas in [1u, 3u]', 'false'],
  ['object.spec.containers[0u].name', 'fails: run'],
])

function ours(text: string): string {
  let expression: CelExpression
  try {
    expression = new CelExpression(text, { variables: new Set() })
  } catch (error) {
    if (error instanceof CelError) return 'fails: compile'
    throw error
  }
  try {
    return showCel(expression.evaluate({ object: toCel(object), oldObject: null }))
  } catch (error) {
    if (error instanceof CelError) return 'fails: run'
    throw error
  }
}

test.each(cases)('$expression', ({ expression, result, fails }) => {
  const theirs = result ?? `fails: ${fails}`
  const known = DIFFERENCES.get(expression)
  expect(known).not.toBe(theirs)
  expect(ours(expression)).toBe(known ?? theirs)
})

test('every difference that is named is one of the cases', () => {
  const expressions = new Set(cases.map(({ expression }) => expression))
  for (const expression of DIFFERENCES.keys()) expect(expressions).toContain(expression)
})
