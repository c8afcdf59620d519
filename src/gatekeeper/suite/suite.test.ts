import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../parse/yaml/parser.ts'
import { celTemplate, constraint, object, regoTemplate, templateOf } from '../testkit.test-helper.ts'
import { runFilter } from './filter.ts'
import { type CaseResult, SuiteRunner, type SuiteRunOptions } from './run.ts'
import { readSuite } from './suite.ts'

const REGO = `package p
violation[{"msg": msg}] { c := input.review.object.spec.containers[_]; c.privileged; msg := sprintf("privileged: %v", [c.name]) }`
const POD = (flags: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [${flags}]}`

const FILES: Record<string, string> = {
  'lib/template.yaml': regoTemplate(REGO, { schema: '{type: object, properties: {n: {type: integer}}}' }),
  'lib/constraint.yaml': constraint(),
  'lib/invalid.yaml': constraint('{parameters: {n: x}}'),
  'lib/ruled.yaml': regoTemplate(REGO, {
    schema:
      '{type: object, properties: {n: {type: integer}}, x-kubernetes-validations: [{rule: "self.n > 1", message: too few}]}',
  }),
  'lib/few.yaml': constraint('{parameters: {n: 1}}'),
  'lib/good.yaml': POD('{name: a}'),
  'lib/bad.yaml': POD('{name: a, privileged: true}, {name: b, privileged: true}'),
  'lib/two.yaml': `${POD('')}\n---\n${POD('')}`,
}

function run(
  tests: string,
  options: Partial<SuiteRunOptions> & { readonly files?: Record<string, string> } = {},
): CaseResult[] {
  const files = { ...FILES, ...options.files }
  const suite = object(
    `apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\nmetadata: {name: s}\ntests:\n${tests}`,
    'lib/suite.yaml',
  )
  const read = (path: string) => {
    const text = files[path]
    return text === undefined ? undefined : parseYaml(path, text)
  }
  const runner = new SuiteRunner({ read, filter: runFilter(''), now: 0n, ...options })
  return [...runner.run(readSuite(suite))]
}

const kinds = (results: readonly CaseResult[]): string[] => results.map(({ outcome }) => outcome.kind)

const withCases = (cases: string, template = 'template.yaml'): string =>
  `  - name: t\n    template: ${template}\n    constraint: constraint.yaml\n    cases:\n${cases.replace(/^(?=.)/gm, '      ')}`

const asserting = (object: string, ...assertions: string[]): string =>
  withCases(`- name: c\n  object: ${object}\n  assertions: [${assertions.join(', ')}]\n`)

describe('assertions', () => {
  test.each([
    ['good.yaml', '{violations: no}', true],
    ['good.yaml', '{violations: yes}', false],
    ['good.yaml', '{violations: 0}', true],
    ['good.yaml', '{}', false],
    ['bad.yaml', '{}', true],
    ['bad.yaml', '{violations: true}', true],
    ['bad.yaml', '{violations: 2}', true],
    ['bad.yaml', '{violations: 1}', false],
    ['bad.yaml', '{message: "privileged: [ab]"}', true],
    ['bad.yaml', '{violations: 1, message: ": b$"}', true],
    ['bad.yaml', '{message: "^b"}', false],
    ['bad.yaml', '{violations: no, message: nothing}', true],
    ['bad.yaml', '{message: "("}', false],
  ])('%s %s', (file, assertion, passes) => {
    expect(kinds(run(asserting(file, assertion)))).toEqual([passes ? 'passed' : 'failed'])
  })

  test('a failure says what was wanted and what there is', () => {
    const [result] = run(asserting('bad.yaml', '{violations: 1}', '{violations: no, message: "a$"}'))
    expect(result?.outcome).toMatchObject({
      failures: [
        {
          suite: 'lib/suite.yaml',
          test: 't',
          case: 'c',
          want: '1 violation',
          got: '2 violations: "privileged: a", "privileged: b"',
        },
        { want: 'no violations with a message that matches "a$"' },
      ],
    })
  })
})

test('invalid: a rule of the schema is part of it', () => {
  const invalid = (template: string): string =>
    `  - {name: t, template: ${template}, constraint: few.yaml, invalid: true}`
  expect(kinds(run(invalid('ruled.yaml')))).toEqual(['passed'])
  expect(kinds(run(invalid('template.yaml')))).toEqual(['failed'])
  const [refused] = run('  - {name: t, template: ruled.yaml, constraint: few.yaml}')
  expect(refused?.outcome).toMatchObject({
    kind: 'failed',
    failures: [{ got: 'lib/few.yaml:1:111: spec.parameters: Invalid value: too few' }],
  })
})

test('invalid: the constraint has to fail the schema of the template', () => {
  const invalid = (file: string): string => `  - {name: t, template: template.yaml, constraint: ${file}, invalid: true}`
  expect(kinds(run(invalid('invalid.yaml')))).toEqual(['passed'])
  expect(kinds(run(invalid('constraint.yaml')))).toEqual(['failed'])
  expect(kinds(run(invalid('nowhere.yaml')))).toEqual(['failed'])
})

test('skip, of tests and of cases, whatever the files', () => {
  const tests = `${withCases('- {name: a, object: good.yaml, assertions: [{violations: no}]}\n- {name: b, skip: true}\n')}
  - name: whole
    template: nowhere.yaml
    constraint: nowhere.yaml
    skip: true
    cases: [{name: x, object: good.yaml, assertions: [{violations: no}]}]`
  expect(kinds(run(tests))).toEqual(['passed', 'skipped', 'skipped'])
})

test('--run takes an expression, or test//case', () => {
  const cases = ['alpha', 'beta'].map((name) => `- {name: ${name}, object: good.yaml, assertions: [{violations: no}]}`)
  const names = (filter: string): string[] =>
    run(withCases(`${cases.join('\n')}\n`), { filter: runFilter(filter) }).map((one) => one.case)
  expect(names('')).toEqual(['alpha', 'beta'])
  expect(names('^t$')).toEqual(['alpha', 'beta'])
  expect(names('bet')).toEqual(['beta'])
  expect(names('t//a.p')).toEqual(['alpha'])
  expect(names('other//')).toEqual([])
  expect(names('//beta')).toEqual(['beta'])
  expect(names('nothing')).toEqual([])
  expect(() => runFilter('a//b//c')).toThrow('one //')
})

test('what is broken fails each case, with the place', () => {
  const result = (tests: string, files?: Record<string, string>): unknown =>
    run(tests, files === undefined ? {} : { files })[0]?.outcome
  const got = (text: string): unknown => ({
    kind: 'failed',
    failures: [expect.objectContaining({ got: expect.stringContaining(text) })],
  })
  expect(result(asserting('nowhere.yaml', '{}'))).toEqual(got('no such file: nowhere.yaml'))
  expect(result(asserting('two.yaml', '{}'))).toEqual(got('must hold one object, and it holds 2'))
  expect(result(withCases('- {name: c, object: good.yaml, assertions: [{}]}\n', 'good.yaml'))).toEqual(
    got('holds no template'),
  )
  const broken = { 'lib/template.yaml': regoTemplate('package p\nviolation[') }
  expect(result(asserting('good.yaml', '{}'), broken)).toEqual(got('lib/template.yaml:14:'))
  expect(result('  - {name: t, constraint: c.yaml}')).toEqual(got('lib/suite.yaml:5:6: missing template'))
  expect(result(withCases('- {name: c, object: good.yaml}\n'))).toEqual(got('assertions must be non-empty'))
  expect(result(asserting('good.yaml', '{violations: some}'))).toEqual(got('"yes" or "no"'))
})

test('inventory and expansion are read beside the suite', () => {
  const files = {
    'lib/template.yaml': regoTemplate(
      'package p\nviolation[{"msg": name}] { data.inventory.cluster["v1"].Node[name] }',
    ),
    'lib/node.yaml': 'apiVersion: v1\nkind: Node\nmetadata: {name: n}',
  }
  const tests = withCases(
    '- {name: c, object: good.yaml, inventory: [node.yaml], assertions: [{violations: 1, message: ^n$}]}\n',
  )
  expect(kinds(run(tests, { files }))).toEqual(['passed'])
})

describe('engines', () => {
  const cel =
    'validations: [{expression: "object.spec.containers.all(c, !has(c.privileged))", message: "privileged: a"}]'
  const both = templateOf(
    `- engine: Rego\n  source:\n    rego: |\n${REGO.replace(/^/gm, '      ')}\n- engine: K8sNativeValidation\n  source: {${cel}}\n`,
    '{type: object}',
  )
  const tests = withCases(
    '- {name: good, object: good.yaml, assertions: [{violations: no}]}\n- {name: bad, object: bad.yaml, assertions: [{violations: yes}]}\n',
  )

  test('cel skips templates without it, rego those without that', () => {
    expect(kinds(run(tests, { engine: 'cel' }))).toEqual(['skipped', 'skipped'])
    expect(kinds(run(tests, { engine: 'rego', files: { 'lib/template.yaml': celTemplate(cel) } }))).toEqual([
      'skipped',
      'skipped',
    ])
    expect(kinds(run(tests, { engine: 'both' }))).toEqual(['passed', 'passed'])
  })

  test('both says where the two disagree', () => {
    const results = run(tests, { engine: 'both', files: { 'lib/template.yaml': both } })
    expect(kinds(results)).toEqual(['passed', 'failed'])
    expect(results[1]?.outcome).toEqual({
      kind: 'failed',
      failures: [
        {
          suite: 'lib/suite.yaml',
          test: 't',
          case: 'bad',
          want: 'rego: 2 violations ("privileged: a", "privileged: b")',
          got: 'cel: 1 violation ("privileged: a")',
          disagreement: 'count',
        },
      ],
    })
    for (const engine of ['rego', 'cel', undefined] as const) {
      expect(kinds(run(tests, { engine, files: { 'lib/template.yaml': both } }))).toEqual(['passed', 'passed'])
    }
  })
})
