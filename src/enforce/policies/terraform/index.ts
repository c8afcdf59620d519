import { RULES } from '../../../rules/index.ts'
import type { TerraformPolicy } from '../policy.ts'
import { BALANCERS } from './balancers.ts'
import { BUCKETS } from './buckets.ts'
import { companionRego } from './companions.ts'
import { COMPUTE } from './compute.ts'
import { CONTAINERS } from './containers.ts'
import { DATABASES } from './databases.ts'
import type { Draft } from './entry.ts'
import { withHelpers } from './helpers.ts'
import { IDENTITY } from './identity.ts'
import { LOGS } from './logs.ts'
import { MESSAGES } from './messages.ts'
import type { Check } from './model.ts'
import { NETWORK } from './network.ts'
import { PASSWORD_RULES } from './passwords.ts'
import { RDS } from './rds.ts'
import { RESOURCE_POLICIES } from './resource-policies.ts'
import { letter, settingRego } from './settings.ts'

const TITLES = new Map(RULES.map(({ id, title }) => [id, title]))

/** Policies over Terraform, in the order of their names. */
export const TERRAFORM_POLICIES: readonly TerraformPolicy[] = [
  ...BALANCERS,
  ...BUCKETS,
  ...COMPUTE,
  ...CONTAINERS,
  ...DATABASES,
  ...IDENTITY,
  ...LOGS,
  ...MESSAGES,
  ...NETWORK,
  ...PASSWORD_RULES,
  ...RDS,
  ...RESOURCE_POLICIES,
]
  .map(policyOf)
  .sort((a, b) => (a.name < b.name ? -1 : 1))

function policyOf({ name, title, rules, checks, failing, passing, notes = [] }: Draft): TerraformPolicy {
  const [first = ''] = rules
  return {
    name: name ?? first,
    title: title ?? TITLES.get(first) ?? first,
    rules,
    rego: withHelpers(checks.map((check, index) => regoOf(check, letter(index))).join('\n\n')),
    failing,
    passing,
    notes,
    needsAll: checks.some((check) => check.kind === 'companion'),
  }
}

function regoOf(check: Check, tag: string): string {
  if (check.kind === 'written') return check.rego
  return check.kind === 'setting' ? settingRego(check, tag) : companionRego(check, tag)
}
