import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { conftestBuiltins, verifyPolicies } from '../conftest/index.ts'
import { conftestRego, terraformRego, terraformTests } from '../generate/rego.ts'
import { libraryFiles, libraryTable } from '../generate/library.ts'
import { judge } from '../generate/judge.ts'
import { compile, fromJson, parseJson, parseModule, printValue } from '../../rego/index.ts'
import { isSuite, objectsOf, readSuite, SuiteRunner } from '../../gatekeeper/index.ts'
import { CelExpression } from '../../gatekeeper/cel/environment.ts'
import { parseYaml } from '../../parse/yaml/parser.ts'
import { RULES } from '../../rules/index.ts'
import { POLICIES } from './index.ts'
import { TERRAFORM_POLICIES } from './terraform/index.ts'

/** All twins together, as they lie in one folder. */
const twins = compile(
  POLICIES.map((policy) => parseModule(`${policy.name}.rego`, conftestRego(policy, policy.parameters))),
)

function denied(name: string, input: unknown): string[] {
  const query = twins.prepare(`data.main.deny_${name.replaceAll('-', '_')}[v]`)
  return query.evaluate({ input: fromJson(input) }).map((bindings) => printValue(bindings.get('v') ?? null))
}

describe.each(POLICIES.map((policy) => [policy.name, policy] as const))('%s', (name, policy) => {
  test.each(policy.failing.map((sample) => [sample.name, sample.object] as const))('refuses %s', (_, object) => {
    const messages = judge(policy, object)
    expect(messages).not.toEqual([])
    expect(denied(name, object)).toHaveLength(messages.length)
    expect(messages.join(' ')).not.toContain('not-shown')
  })

  test.each(policy.passing.map((sample) => [sample.name, sample.object] as const))('accepts %s', (_, object) => {
    expect(judge(policy, object)).toEqual([])
    expect(denied(name, object)).toEqual([])
  })

  test('the twin judges no other kinds', () => {
    expect(denied(name, { apiVersion: 'example.com/v1', kind: 'Other', metadata: { name: 'x' }, spec: {} })).toEqual([])
  })
})

describe('over Terraform, all in one folder', () => {
  const modules = TERRAFORM_POLICIES.flatMap((policy) => [
    parseModule(`${policy.name}.rego`, terraformRego(policy)),
    parseModule(`${policy.name}_test.rego`, terraformTests(policy, policy)),
  ])

  const builtins = conftestBuiltins(() => ({ refused: 'not here' }))
  const compiled = compile(modules, { builtins })

  test('their own tests pass', () => {
    const { tests } = verifyPolicies(modules, { builtins, coverage: false })
    expect(tests.filter(({ status }) => status !== 'pass')).toEqual([])
    expect(tests).toHaveLength(TERRAFORM_POLICIES.length * 2)
  })

  /** hcl2json is what Conftest reads with. */
  test.each(TERRAFORM_POLICIES.map((policy) => [policy.name, policy] as const))(
    '%s says of hcl2json what it says of our reader',
    async (name, policy) => {
      const query = compiled.prepare(`data.main.deny_${name.replaceAll('-', '_')}[v]`)
      const judge = async (text: string): Promise<boolean> => {
        const input = parseJson(JSON.stringify([{ path: 'main.tf', contents: await parse('main.tf', text) }]))
        return query.evaluate({ input }).length > 0
      }
      expect(await judge(policy.failing)).toBe(true)
      expect(await judge(policy.passing)).toBe(false)
    },
  )
})

test('every rule is there, and none has two policies', () => {
  const ids = [...POLICIES, ...TERRAFORM_POLICIES].flatMap(({ rules }) => rules)
  const known = new Set(RULES.map(({ id }) => id))
  expect(ids.filter((id) => !known.has(id))).toEqual([])
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

const ROOT = join(import.meta.dirname, '../../../policies')

test('policies/ is what is made of this folder', () => {
  const files = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  const there = files.filter((entry) => entry.isFile() && entry.name !== 'README.md')
  const made = new Map(libraryFiles().map(({ path, text }) => [path, text]))
  expect(there).toHaveLength(made.size)
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(libraryTable())
  for (const [path, text] of made) expect(readFileSync(join(ROOT, path), 'utf8'), path).toBe(text)
})

/** `both`: verdict, count and message of the two engines agree as well. */
test.each(['cel', 'rego', 'both'] as const)('every suite passes with %s', (engine) => {
  const runner = new SuiteRunner({
    read: (path) => parseYaml(path, readFileSync(join(ROOT, path), 'utf8')),
    engine,
    filter: { test: () => true, case: () => true },
    now: 0n,
  })
  const results = POLICIES.flatMap(({ name }) => {
    const path = `${name}/suite.yaml`
    const file = parseYaml(path, readFileSync(join(ROOT, path), 'utf8'))
    return objectsOf(file)
      .filter(isSuite)
      .flatMap((suite) => runner.run(readSuite(suite)))
  })
  expect(results.length).toBeGreaterThan(POLICIES.length * 2)
  expect(results.filter(({ outcome }) => outcome.kind !== 'passed')).toEqual([])
})

describe('ValidatingAdmissionPolicy', () => {
  const objects = POLICIES.map(({ name }) => ({
    name,
    objects: objectsOf(parseYaml('vap.yaml', readFileSync(join(ROOT, name, 'vap.yaml'), 'utf8'))),
  }))

  test.each(objects)('$name compiles, and its binding names it', ({ name, objects: [policy, binding] }) => {
    expect(policy?.kind).toBe('ValidatingAdmissionPolicy')
    expect(binding?.value).toMatchObject({ spec: { policyName: name } })
    const { variables, validations } = VAP.parse(policy?.value).spec
    const known = new Set<string>()
    for (const { name: variable, expression } of variables) {
      expect(() => new CelExpression(expression, { variables: new Set(known) }), expression).not.toThrow()
      known.add(variable)
    }
    for (const { expression, messageExpression } of validations) {
      expect(() => new CelExpression(expression, { variables: known }), expression).not.toThrow()
      expect(() => new CelExpression(messageExpression, { variables: known }), messageExpression).not.toThrow()
    }
  })

  test('ephemeral containers come by a resource of their own', () => {
    const without = POLICIES.filter(({ matches }) =>
      matches.some(({ resources }) => resources.includes('pods') && !resources.includes('pods/ephemeralcontainers')),
    )
    expect(without).toEqual([])
  })
})

const VAP = z.object({
  spec: z.object({
    variables: z.array(z.object({ name: z.string(), expression: z.string() })),
    validations: z.array(z.object({ expression: z.string(), messageExpression: z.string() })),
  }),
})
