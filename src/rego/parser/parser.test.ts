import { expect, test } from 'vitest'
import { RegoErrors } from '../errors.ts'
import { toJson } from '../value/json.ts'
import { parseModule, parseQuery } from './parser.ts'

function errorOf(text: string, version: 'v0' | 'v1' = 'v1'): string {
  try {
    parseModule('a.rego', text, { version })
  } catch (error) {
    if (error instanceof RegoErrors) {
      const [first] = error.errors
      return `${first?.range?.start.line}:${first?.range?.start.column} ${first?.code} ${first?.message}`
    }
    throw error
  }
  return 'no error'
}

function textsOf(text: string): string[] {
  const module = parseModule('a.rego', text, { version: 'v0' })
  return module.rules.map(({ span }) => text.slice(span.start, span.end))
}

test('packages and imports', () => {
  const module = parseModule('a.rego', 'package a.b["c-d"]\n\nimport data.x.y as z\nimport input.q\nimport rego.v1\n')
  expect(module.package).toEqual(['a', 'b', 'c-d'])
  expect(module.imports.map(({ path, alias }) => [path.join('.'), alias])).toEqual([
    ['data.x.y', 'z'],
    ['input.q', undefined],
    ['rego.v1', undefined],
  ])
})

test('rule spans cover the rule and nothing else', () => {
  expect(textsOf('package a\n\np[x] { x := 1 } # end\nq = 2 { true } { false }\nr := 3\n')).toEqual([
    'p[x] { x := 1 }',
    'q = 2 { true } { false }'.slice(0, 14),
    '{ false }',
    'r := 3',
  ])
})

test('v0 partial sets, v1 contains, and if', () => {
  const v0 = parseModule('a.rego', 'package a\np[x] { x := 1 }\nq["a"]\nr.s = 1\n', { version: 'v0' })
  expect(v0.rules.map(({ head }) => [head.key !== undefined, head.value !== undefined])).toEqual([
    [true, false],
    [true, false],
    [false, true],
  ])
  const v1 = parseModule('a.rego', 'package a\np contains x if x := 1\nq[x] := 2 if { x := 1 }\nr[x] if { x := 1 }\n')
  expect(v1.rules.map(({ head }) => [head.key !== undefined, head.ref.length])).toEqual([
    [true, 1],
    [false, 2],
    [false, 2],
  ])
})

test('contains is a name wherever no rule is declared', () => {
  const module = parseModule(
    'a.rego',
    'package a\nf(contains) := contains if { contains > 1 }\np contains contains if some contains in [1]\nq if { every contains in [1] { contains == 1 } }\n',
  )
  expect(module.rules.map(({ head }) => head.key?.kind)).toEqual([undefined, 'var', undefined])
})

test('keywords are names at the head of refs and below', () => {
  const module = parseModule('a.rego', 'package a\nif.else := 1\np if { every.in == 2; x.not == 3; not data.y }\n')
  expect(module.rules).toHaveLength(2)
})

test.each([
  ['package a\np { true }', '2:1 rego_parse_error `if` keyword is required before rule body'],
  ['package a\np[x]', '2:1 rego_parse_error `contains` keyword is required for partial set rules'],
  ['package a\nimport data.x as contains', '2:18 rego_parse_error unexpected contains keyword: expected var'],
  ['package a\np if { some contains }', '2:13 rego_parse_error unexpected contains keyword: expected var'],
  ['package a\np := 1 == ', '2:11 rego_parse_error unexpected eof token: expected term'],
  ['package a\np := "x', '2:6 rego_parse_error non-terminated string'],
  ['package a\np := 01', '2:6 rego_parse_error illegal number format'],
  [
    'package a\nimport foo',
    '2:8 rego_parse_error unexpected import path, must begin with one of: {data, future, input, rego}, got: foo',
  ],
  ['p := 1', '1:1 rego_parse_error unexpected identifier token: package expected'],
  ['', '1:1 rego_parse_error empty module'],
  ['package a\np if [x | ]', '2:11 rego_parse_error unexpected ] token: expected term'],
  ['package a\np := $"{not x}"', "2:9 rego_parse_error unexpected negation ('not') in template-string expression"],
  ['package a\ndefault p := x', '2:14 rego_parse_error illegal default rule (value cannot contain var)'],
])('%j', (text, message) => {
  expect(errorOf(text)).toBe(message)
})

test('deep nesting is an error, not a crash', () => {
  expect(errorOf(`package a\np := ${'['.repeat(100_000)}`)).toMatch(/max recursion depth exceeded|nested too deeply/)
  expect(errorOf(`package a\np := ${'$"{'.repeat(5000)}`)).toMatch(/rego_parse_error/)
})

test('metadata', () => {
  const module = parseModule(
    'a.rego',
    '# METADATA\n# title: Pack\npackage a\n\n# METADATA\n# description: A rule\n# authors:\n# - Jane <j@x.org>\np := 1\n',
  )
  expect(module.annotations).toHaveLength(1)
  expect(module.rules[0]?.annotations.map(({ scope }) => scope)).toEqual(['rule'])
  const behind = parseModule(
    'a.rego',
    'package a\n\n# METADATA\n# title: T\np := [x | # one: two: three\n\tx := 1\n]\n',
  )
  expect(behind.rules[0]?.annotations.map(({ value }) => toJson(value))).toEqual([{ scope: 'rule', title: 'T' }])
  expect(errorOf('# METADATA\n# title: [\npackage a\n')).toMatch(/^1:1 rego_parse_error yaml:/)
})

test('queries', () => {
  expect(parseQuery('x := 1; data.a[_] > x').body).toHaveLength(2)
})
