import { nearest } from '../../text/nearest.ts'
import { POLICIES } from '../policies/index.ts'
import type { Json, JsonMap, Policy, TerraformPolicy } from '../policies/policy.ts'
import { TERRAFORM_POLICIES } from '../policies/terraform/index.ts'

export type Chosen =
  | { readonly kind: 'kubernetes'; readonly policy: Policy }
  | { readonly kind: 'terraform'; readonly policy: TerraformPolicy }

export function policyNamed(name: string): Chosen | undefined {
  const policy = POLICIES.find((one) => one.name === name)
  if (policy !== undefined) return { kind: 'kubernetes', policy }
  const terraform = TERRAFORM_POLICIES.find((one) => one.name === name)
  return terraform && { kind: 'terraform', policy: terraform }
}

/** The policy that keeps out what these rules find, with parameters that ask for no more than they do. */
export function policyFor(rules: readonly [string, ...(readonly string[])]): Chosen | undefined {
  const [first] = rules
  const policy = POLICIES.find((one) => one.rules.includes(first))
  if (policy !== undefined) return { kind: 'kubernetes', policy: narrowed(policy, rules) }
  const terraform = TERRAFORM_POLICIES.find((one) => one.rules.includes(first))
  return terraform && { kind: 'terraform', policy: terraform }
}

export function nameOfPolicyFor(rule: string): string | undefined {
  return policyFor([rule])?.policy.name
}

function narrowed(policy: Policy, rules: readonly string[]): Policy {
  const parts = rules.map((rule) => policy.ruleParameters?.[rule]).filter((part) => part !== undefined)
  const together = parts.reduce(union, {})
  return { ...policy, parameters: { ...policy.parameters, ...together } }
}

function union(a: JsonMap, b: JsonMap): JsonMap {
  const result: Record<string, Json> = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const there = result[key]
    result[key] = isList(there) && isList(value) ? [...new Set([...there, ...value])] : value
  }
  return result
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** The policy whose name or rules have most in common with an id that has none. */
export function nearestPolicy(id: string): string | undefined {
  const words = new Set(id.split('-').filter((word) => !COMMON.has(word)))
  let best: string | undefined
  let most = 0
  for (const { name, rules } of [...POLICIES, ...TERRAFORM_POLICIES]) {
    for (const candidate of [name, ...rules]) {
      const shared = candidate.split('-').filter((word) => words.has(word)).length
      if (shared > most) {
        most = shared
        best = name
      }
    }
  }
  return (
    best ??
    nearest(
      id,
      [...POLICIES, ...TERRAFORM_POLICIES].map(({ name }) => name),
    )
  )
}

/** They say nothing about what a rule is about. */
const COMMON: ReadonlySet<string> = new Set([
  'k8s',
  'no',
  'require',
  'block',
  'not',
  'default',
  'customer',
  'managed',
  'key',
  'policy',
])
