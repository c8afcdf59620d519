import type { RuleDefinition } from '../../../rule.ts'
import { requireTrue } from '../../../shared/terraform-attributes.ts'

type Flag = 'block_public_acls' | 'block_public_policy' | 'ignore_public_acls' | 'restrict_public_buckets'

interface FlagRule {
  readonly id: string
  readonly flag: Flag
  readonly title: string
  readonly severityReason: string
  readonly sameAs: readonly string[]
  readonly problem: string
}

/** One of the four switches of `aws_s3_bucket_public_access_block`; each is off unless it is set. */
export function publicAccessFlagRule(rule: FlagRule): RuleDefinition<'off'> {
  return {
    id: rule.id,
    title: rule.title,
    severity: 'medium',
    severityReason: rule.severityReason,
    controls: ['AC-3', 'AC-4', 'SC-7'],
    sameAs: rule.sameAs,
    kind: 'terraform',
    resources: ['aws_s3_bucket_public_access_block'],
    messages: { off: rule.problem },
    remediation: `Set \`${rule.flag} = true\`. If outsiders must read the objects, put CloudFront with origin access control in front.`,
    *check(block) {
      yield* requireTrue(block.get(rule.flag), 'off')
    },
  }
}
