import { parse } from '@cdktf/hcl2json'
import { describe, expect, test } from 'vitest'
import { conftestRego, terraformRego } from '../generate/rego.ts'
import { judge } from '../generate/judge.ts'
import { compile, fromJson, parseJson, parseModule, printValue } from '../../rego/index.ts'
import { RULES } from '../../rules/index.ts'
import { POLICIES } from './index.ts'
import { TERRAFORM_POLICIES } from './terraform.ts'

/** All twins together, as they lie in one folder. */
const twins = compile([
  ...POLICIES.map((policy) => parseModule(`${policy.name}.rego`, conftestRego(policy, policy.parameters))),
  ...TERRAFORM_POLICIES.map((policy) => parseModule(`${policy.name}.rego`, terraformRego(policy))),
])

function denied(name: string, input: unknown): string[] {
  const query = twins.prepare(`data.main.deny_${name.replaceAll('-', '_')}[v]`)
  const value = typeof input === 'string' ? parseJson(input) : fromJson(input)
  return query.evaluate({ input: value }).map((bindings) => printValue(bindings.get('v') ?? null))
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

describe.each(TERRAFORM_POLICIES.map((policy) => [policy.name, policy] as const))('%s', (name, policy) => {
  test('refuses and accepts its samples', async () => {
    expect(denied(name, await parse('main.tf', policy.failing))).not.toEqual([])
    expect(denied(name, await parse('main.tf', policy.passing))).toEqual([])
  })
})

test('every rule is there, and none has two policies', () => {
  const ids = [...POLICIES, ...TERRAFORM_POLICIES].flatMap(({ rules }) => rules)
  const known = new Set(RULES.map(({ id }) => id))
  expect(ids.filter((id) => !known.has(id))).toEqual([])
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})
