import type { Estate } from '../../resources/estate.ts'
import { asString, type Place, type Tri } from '../../resources/place.ts'
import type { Value } from '../../resources/value.ts'
import { notApplicable, type Outcome, type RuleDefinition, undecided } from '../rule.ts'

/** Where resources name the managed policies that they attach. */
export const ATTACHING: Readonly<Record<string, string>> = {
  aws_iam_role: 'managed_policy_arns',
  aws_iam_policy_attachment: 'policy_arn',
  aws_iam_role_policy_attachment: 'policy_arn',
  aws_iam_user_policy_attachment: 'policy_arn',
  aws_iam_group_policy_attachment: 'policy_arn',
  aws_iam_role_policy_attachments_exclusive: 'policy_arns',
  aws_iam_user_policy_attachments_exclusive: 'policy_arns',
  aws_iam_group_policy_attachments_exclusive: 'policy_arns',
  aws_ssoadmin_managed_policy_attachment: 'managed_policy_arn',
}
const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov']

type ManagedPolicyRule = Omit<RuleDefinition<'attached'>, 'check' | 'kind' | 'resources'> & {
  /** The name AWS gave it: `AdministratorAccess`. */
  readonly policy: string
}

/** A rule that one of AWS's own policies is attached to nobody. */
export function managedPolicyRule({ policy, ...rule }: ManagedPolicyRule): RuleDefinition<'attached'> {
  return {
    ...rule,
    kind: 'terraform',
    resources: Object.keys(ATTACHING),
    *check(resource, { estate }) {
      const at = resource.get(ATTACHING[resource.resource.type] ?? 'policy_arn')
      if (at.absent) return yield notApplicable('it attaches no managed policy')
      yield* judge(at, policy, estate)
    },
  }
}

function* judge(at: Place, policy: string, estate: Estate): Iterable<Outcome<'attached'>> {
  const items = at.value?.kind === 'list' ? at.items() : [at]
  for (const item of items) {
    const verdict = isPolicy(item, policy, estate)
    if (verdict === 'yes') yield { at: item, message: 'attached' }
    if (verdict === 'unknown') {
      item.string()
      yield undecided(item)
    }
  }
  if (at.value?.kind === 'list' && at.mayHaveMore()) yield undecided(at)
}

function isPolicy({ value, resource }: Place, policy: string, estate: Estate): Tri {
  if (value === undefined) return 'no'
  const arns = PARTITIONS.map((partition) => `arn:${partition}:iam::aws:policy/${policy}`)
  const verdict = canBe(value, arns)
  if (verdict !== 'unknown' || value.kind !== 'unknown') return verdict
  // What a module that cannot be read hands out as the ARN of a policy is one that it made.
  if (value.outputName !== undefined && /(?:^|_)arn$/.test(value.outputName)) return 'no'
  const named = (value.refs ?? [])
    .flatMap((reference) => estate.resolve(reference))
    .filter(({ root }) => root === resource.root)
  if (named.length === 0 || (value.refs ?? []).length > 1) return 'unknown'
  if (named.every(({ type }) => type === 'aws_iam_policy')) return 'no'
  if (!named.every(({ type }) => type === 'data.aws_iam_policy')) return 'unknown'
  const lookups = named.map(({ value: lookup }): Tri => {
    const arn = canBe(lookup.entries.get('arn'), arns)
    return arn === 'yes' ? arn : canBe(lookup.entries.get('name'), [policy])
  })
  if (lookups.includes('yes')) return 'yes'
  return lookups.includes('unknown') ? 'unknown' : 'no'
}

/** Whether a value is one of some texts; for a template, as far as its known parts tell. */
function canBe(value: Value | undefined, texts: readonly string[]): Tri {
  if (value === undefined) return 'no'
  if (value.kind !== 'unknown') return texts.includes(asString(value) ?? '') ? 'yes' : 'no'
  const { candidates, parts } = value
  if (candidates !== undefined) {
    const verdicts = new Set(candidates.map((candidate) => canBe(candidate, texts)))
    return verdicts.size === 1 ? ([...verdicts][0] ?? 'unknown') : 'unknown'
  }
  if (parts === undefined) return 'unknown'
  const pattern = parts.map((part) => (typeof part === 'string' ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : '.*'))
  if (!texts.some((text) => new RegExp(`^${pattern.join('')}$`).test(text))) return 'no'
  // Only the partition is open: whatever it is, this is the policy.
  const [scheme, , ...rest] = parts
  const [first = ''] = texts
  return scheme === 'arn:' &&
    rest.length === 1 &&
    first.endsWith(String(rest[0])) &&
    String(rest[0]).startsWith(':iam::aws:')
    ? 'yes'
    : 'unknown'
}
