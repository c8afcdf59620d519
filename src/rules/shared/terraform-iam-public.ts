import { isPublicStatement } from '../../resources/aws/s3-policy.ts'
import type { Tri } from '../../resources/place.ts'
import type { PolicyStatement } from '../../resources/terraform/policy.ts'
import { type Outcome, type RuleDefinition, undecided } from '../rule.ts'
import { listed } from './terraform-iam-grants.ts'
import { isNamedBy, judgeStatements } from './terraform-iam-trust.ts'

type PublicPolicyRule = Pick<
  RuleDefinition,
  'id' | 'version' | 'title' | 'severity' | 'severityReason' | 'sameAs' | 'remediation'
> & {
  /** Attribute of the policy by resource type. */
  readonly policies: Readonly<Record<string, string>>
  /** What the policy opens, for people: `the queue`. */
  readonly what: string
  /** Condition keys of the service that say who. */
  readonly naming?: RegExp
}

const MESSAGES = { public: 'This statement lets anybody with an AWS account use {actions} on {what}.' } as const

/** A rule that a resource's policy does not let everybody in; conditions that say who, or from where, are respected. */
export function publicPolicyRule({ policies, what, naming, ...rule }: PublicPolicyRule): RuleDefinition<'public'> {
  return {
    ...rule,
    controls: ['AC-3', 'AC-6'],
    kind: 'terraform',
    resources: Object.keys(policies),
    messages: MESSAGES,
    *check(resource) {
      const at = resource.get(policies[resource.resource.type] ?? 'policy')
      yield* judgeStatements(at, (statement, all) => judgePublic(statement, all, what, naming))
    },
  }
}

export function* judgePublic(
  statement: PolicyStatement,
  all: readonly PolicyStatement[],
  what: string,
  naming?: RegExp,
): Iterable<Outcome<'public'>> {
  const named: Tri = naming === undefined ? 'no' : isNamedBy(statement, naming)
  const verdict = named === 'yes' ? 'no' : isPublicStatement(statement, all)
  if (verdict === 'no') return
  const { place, entries } = statement.principals
  const items = entries.flatMap((entry) => (entry.place.value?.kind === 'list' ? entry.place.items() : [entry.place]))
  const everybody = items.find(({ value }) => value?.kind === 'string' && value.value === '*')
  const at = everybody ?? (place.absent ? statement.place : place)
  if (verdict === 'unknown' || named === 'unknown') {
    yield undecided(at, 'whom this statement lets in is not known')
    return
  }
  const { known, not } = statement.actions
  const actions = not ? 'almost everything' : known.length === 0 ? 'some actions' : listed(known)
  yield { at, message: 'public', data: { actions, what } }
}
