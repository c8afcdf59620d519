import { describe, expect, test } from 'vitest'
import { RegoError, RegoErrors, formatError } from './errors.ts'
import { parseModule } from './parser/parser.ts'
import { compile, type CompileOptions, type EvaluateOptions } from './policy.ts'
import { parseJson } from './value/json.ts'
import { fromJson, RegoObject, type Value } from './value/value.ts'
import { printValue } from './value/print.ts'

function ask(
  modules: string | readonly string[],
  query: string,
  options: EvaluateOptions & CompileOptions & { readonly version?: 'v0' | 'v1' } = {},
): string[] {
  const version = options.version ?? 'v1'
  const texts = typeof modules === 'string' ? [modules] : modules
  const policy = compile(
    texts.map((text, index) => parseModule(`m${index}.rego`, text, { version })),
    options,
  )
  return policy
    .prepare(query, { version })
    .evaluate(options)
    .map((bindings) => printValue(RegoObject.of(bindings)))
}

function failure(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof RegoErrors) return error.errors.map(String).join('\n')
    if (error instanceof RegoError) return String(error)
    throw error
  }
  return 'no error'
}

function object(value: unknown): RegoObject {
  const made: Value = fromJson(value)
  if (!(made instanceof RegoObject)) throw new TypeError('not an object')
  return made
}

const PODS = {
  review: {
    object: {
      spec: {
        containers: [
          { name: 'a', image: 'x/y' },
          { name: 'b', image: 'ok/z', securityContext: { privileged: true } },
        ],
      },
    },
  },
}

test('queries bind their variables', () => {
  expect(ask('package a\np contains x if some x in [3, 1]', 'data.a.p[x]')).toEqual(['{"x": 1}', '{"x": 3}'])
  expect(ask('package a', 'x := 1; y = [x, 2][_]')).toEqual(['{"x": 1, "y": 1}', '{"x": 1, "y": 2}'])
  expect(ask('package a\np if false', 'data.a.p')).toEqual([])
})

test('undefined is not false', () => {
  const module = 'package a\np := input.x == 1\nq if not input.x = 1\nr := [y | y := input.x]'
  expect(ask(module, 'data.a = x', { input: object({}) })).toEqual(['{"x": {"q": true, "r": []}}'])
})

test('null is a value', () => {
  const input = object({ n: null })
  const text =
    'package a\np := [object.get(input, "n", 1), object.get(input, ["n"], 1), input.n]\nq contains input.n\nf(x) := x\nr := f(null)'
  expect(ask(text, 'data.a = x; data.a.q[null]', { input })).toEqual([
    '{"x": {"p": [null, null, null], "q": {null}, "r": null}}',
  ])
})

test('else, default and functions', () => {
  const module = `package a
    default level := "none"
    level := "high" if input.n > 10 else := "low" if input.n > 5
    f(x) := 1 if x < 10
    f(x) := 2 if x >= 10
    default g(_) := 0
    g(1) := 1`
  expect(
    ask(module, 'x = [data.a.level, data.a.f(3), data.a.f(30), data.a.g(1), data.a.g(2)]', { input: object({ n: 7 }) }),
  ).toEqual(['{"x": ["low", 1, 2, 1, 0]}'])
  expect(ask(module, 'x = data.a.level', { input: object({ n: 1 }) })).toEqual(['{"x": "none"}'])
})

test('the loaded document below rules', () => {
  const data = object({ a: { base: 1 }, other: { 3: 'three' } })
  expect(ask('package a\np := data.a.base + 1', 'data = x', { data })).toEqual([
    '{"x": {"a": {"base": 1, "p": 2}, "other": {"3": "three"}}}',
  ])
  expect(ask('package a', 'data.other[3] = x', { data })).toEqual(['{"x": "three"}'])
})

test('with replaces for its step only', () => {
  const module = `package a
    p := [x, y, z] if {
      x := data.a.q with input.n as 5 with data.k as 2
      y := data.a.q
      z := data.a.c with count as 7 with data.a.f as data.a.g
    }
    q := input.n + data.k
    c := count([1]) + f(1)
    f(x) := x
    g(x) := x * 100`
  expect(ask(module, 'data.a.p = x', { input: object({ n: 1 }), data: object({ k: 1 }) })).toEqual([
    '{"x": [7, 2, 107]}',
  ])
})

test('conflicts are errors with a place', () => {
  const text = 'package a\np := 1 if input.x\np := 2 if input.y\nf(x) := x\nf(x) := 3'
  expect(failure(() => ask(text, 'data.a.p', { input: object({ x: true, y: true }) }))).toBe(
    'm0.rego:3: eval_conflict_error: complete rules must not produce multiple outputs',
  )
  expect(failure(() => ask(text, 'data.a.f(1)'))).toMatch(
    /eval_conflict_error: functions must not produce multiple outputs/,
  )
  expect(failure(() => ask('package a\np[x] := y if { x := "k"; some y in [1, 2] }', 'data.a.p'))).toMatch(
    /object keys must be unique/,
  )
})

test.each([
  ['[1.0, 1e3, 1.50, 100e-2]', '[1.0, 1e3, 1.50, 100e-2]'],
  ['json.marshal(input)', String.raw`"{\"n\":1.0}"`],
  ['json.unmarshal("[2.50, 2.5]")', '[2.50, 2.5]'],
  ['yaml.unmarshal("[2.50, 1e2]")', '[2.5, 100]'],
  ['sprintf("%v %v", [1.0, {"a": 1.0}])', String.raw`"1 {\"a\": 1.0}"`],
  ['1.0 + 0', '1'],
  ['[5, 6][input.n]', '6'],
  ['{"a": 1.0} == {"a": 1}', 'true'],
  ['count({1.0, 1})', '1'],
  ['max([1, 1.0])', '1.0'],
  ['substring("abc", 1.0, 1)', '"b"'],
  [
    'json.match_schema({"a": 5}, {"properties": {"a": {"maximum": 4.0}}})[1][0].desc',
    '"Must be less than or equal to 4"',
  ],
])('numbers stay as they were written: %s', (term, printed) => {
  const input = parseJson('{"n": 1.0}')
  expect(ask(`package a\np := ${term}`, 'data.a.p = x', { input })).toEqual([`{"x": ${printed}}`])
})

test('errors of builtins: undefined, or an error if strict', () => {
  const text = 'package a\np := 1 / input.n'
  expect(ask(text, 'data.a.p', { input: object({ n: 0 }) })).toEqual([])
  expect(failure(() => ask(text, 'data.a.p', { input: object({ n: 0 }), strict: true }))).toBe(
    'm0.rego:2: eval_builtin_error: div: divide by zero',
  )
})

test.each([
  ['p := x', 'm0.rego:2: rego_unsafe_var_error: var x is unsafe'],
  ['p if not q[x]\nq contains 1', 'm0.rego:2: rego_unsafe_var_error: var x is unsafe'],
  ['p if q\nq if p', 'm0.rego:2: rego_recursion_error: rule data.a.p is recursive: data.a.p -> data.a.q -> data.a.p'],
  ['p := nope(1)', 'm0.rego:2: rego_type_error: undefined function nope'],
  ['p := count(1, 2)', 'm0.rego:2: rego_type_error: count: arity mismatch: have 2 arguments, want 1'],
  ['p if { x := 1; x := 2 }', 'm0.rego:2: rego_compile_error: var x assigned above'],
  ['p if { some x; true }', 'm0.rego:2: rego_compile_error: declared var x unused'],
  ['p := 1\np contains 2', 'm0.rego:3: rego_type_error: conflicting rules data.a.p found'],
  [
    'p := count(5)',
    'm0.rego:2: rego_type_error: count: invalid argument(s)\n\thave: (number)\n\twant: (collection: string | array[any] | object[any: any] | set[any])',
  ],
  ['p if f(1) == "a"\nf(x) := x + 1', 'm0.rego:2: rego_type_error: match error\n\tleft  : number\n\tright : string'],
  ['p := q.x\nq := 1', 'm0.rego:2: rego_type_error: undefined ref: data.a.q.x'],
])('%j', (rules, message) => {
  expect(failure(() => ask(`package a\n${rules}`, 'true'))).toBe(message)
})

test('a formatted error shows the line', () => {
  try {
    compile([parseModule('m.rego', 'package a\n\np := 1 + y\n')])
    expect.unreachable()
  } catch (error) {
    if (!(error instanceof RegoErrors)) throw error
    expect(error.errors.map(formatError)).toEqual([
      'm.rego:3:10: rego_unsafe_var_error: var y is unsafe\n    p := 1 + y\n             ^',
    ])
  }
})

test('the budget ends what would take too long', () => {
  const text = 'package a\np := count([1 | some x in numbers.range(1, 1000); some y in numbers.range(1, 1000); x != y])'
  expect(failure(() => ask(text, 'data.a.p', { limits: { steps: 10_000 } }))).toMatch(
    /eval_cancel_error: evaluation took more than 10000 steps/,
  )
  expect(failure(() => ask(text, 'data.a.p', { limits: { time: 1 } }))).toMatch(
    /eval_cancel_error: evaluation took more than 1 ms/,
  )
})

test('a long chain of rules is an error, not a crash', () => {
  const rules = Array.from({ length: 20_000 }, (_, index) => `p${index} := p${index + 1} + 1`).join('\n')
  const outcome = failure(() => ask(`package a\n${rules}\np20000 := 1`, 'data.a.p0'))
  expect(outcome).toMatch(/^no error$|eval_cancel_error: evaluation is nested too deeply|rego_compile_error/)
})

test('nothing of the process is seen', () => {
  expect(ask('package a', 'x := opa.runtime()')).toEqual(['{"x": {}}'])
  expect(failure(() => ask('package a', 'http.send({"method": "get", "url": "http://x"})', { strict: true }))).toMatch(
    /http\.send: is off/,
  )
  expect(failure(() => ask('package a', 'http.send({})', { without: ['http.send'] }))).toMatch(
    /undefined function http\.send/,
  )
  expect(ask('package a', 'x := input.__proto__', { input: object({}) })).toEqual([])
  expect(ask('package a', 'x := data.constructor')).toEqual([])
})

test('the clock stands still', () => {
  expect(ask('package a', 'x := time.now_ns()', { now: 42n })).toEqual(['{"x": 42}'])
})

test('print, also of what is undefined', () => {
  const lines: string[] = []
  ask('package a\np if { print("x is", input.x, [1]); true }', 'data.a.p', { print: (line) => lines.push(line) })
  expect(lines).toEqual(['x is <undefined> [1]'])
})

describe('provenance', () => {
  const trace = (rules: string, input: unknown): [string, string[]][] => {
    const policy = compile([parseModule('m.rego', `package a\n${rules}`, { version: 'v0' })])
    const query = policy.prepare('data.a.violation[r]', { version: 'v0', provenance: true })
    return query
      .evaluateTraced({ input: fromJson(input) })
      .map(({ bindings, origins }) => [
        printValue(bindings.get('r') ?? null),
        origins.map(
          ({ path, missing }) => `${path.join('.')}${missing.length > 0 ? ` lacks ${missing.join('.')}` : ''}`,
        ),
      ])
  }

  test('names the value that a rule took offence at, before what it only prints', () => {
    const rules =
      'violation[{"msg": m}] { c := input.review.object.spec.containers[_]; c.securityContext.privileged; m := sprintf("%v", [c.name]) }'
    expect(trace(rules, PODS)).toEqual([
      [
        '{"msg": "b"}',
        [
          'review.object.spec.containers.1.securityContext.privileged',
          'review.object.spec.containers.1',
          'review.object.spec.containers.1.name',
        ],
      ],
    ])
  })

  test('names the nearest parent of what is missing', () => {
    const rules = 'violation[m] { c := input.review.object.spec.containers[_]; not c.resources.limits; m := c.name }'
    expect(trace(rules, PODS).map(([, [first]]) => first)).toEqual([
      'review.object.spec.containers.0 lacks resources.limits',
      'review.object.spec.containers.1 lacks resources.limits',
    ])
  })

  test('goes through functions, other rules and comprehensions', () => {
    const rules = `
      violation[m] { c := bad[_]; m := c.name }
      bad[c] { c := all[_]; not startswith(image(c), "ok/") }
      all = [c | c := input.review.object.spec.containers[_]]
      image(c) = i { i := c.image }`
    expect(
      trace(rules, PODS).map(([value, origins]) => [value, origins.includes('review.object.spec.containers.0.image')]),
    ).toEqual([['"a"', true]])
  })

  test('gives the results of an evaluation without it', () => {
    const policy = compile([
      parseModule('m.rego', 'package a\nviolation[x] { x := input.l[_]; x > 1 }', { version: 'v0' }),
    ])
    const input = fromJson({ l: [1, 2, 3] })
    const traced = policy.prepare('data.a.violation[r]', { version: 'v0', provenance: true }).evaluateTraced({ input })
    expect(traced.map(({ bindings }) => bindings)).toEqual(
      policy.prepare('data.a.violation[r]', { version: 'v0' }).evaluate({ input }),
    )
    expect(traced.map(({ origins }) => origins[0]?.path)).toEqual([
      ['l', 1],
      ['l', 2],
    ])
  })
})
