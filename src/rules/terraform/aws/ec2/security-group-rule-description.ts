import type { Place } from '../../../../resources/place.ts'
import { defineRule, type Outcome, undecided } from '../../../rule.ts'
import { requirePresence } from '../../../shared/terraform-settings.ts'

const WITH_BLOCKS = new Set(['aws_security_group', 'aws_default_security_group'])

export default defineRule({
  id: 'security-group-rule-description',
  title: 'Security group rules say what they are for',
  severity: 'info',
  severityReason: 'Nothing is open by this; but a rule whose purpose nobody knows is never narrowed and never removed.',
  controls: ['CM-2', 'CM-3'],
  sameAs: ['checkov:CKV_AWS_23', 'trivy:AWS-0124'],
  kind: 'terraform',
  resources: [
    ...WITH_BLOCKS,
    'aws_security_group_rule',
    'aws_vpc_security_group_ingress_rule',
    'aws_vpc_security_group_egress_rule',
  ],
  messages: { missing: 'This rule does not say what it is for.' },
  remediation: 'Write a `description` for the rule: who needs it and why.',
  *check(resource) {
    if (!WITH_BLOCKS.has(resource.resource.type)) {
      yield* described(resource)
      return
    }
    for (const blocks of [resource.get('ingress'), resource.get('egress')]) {
      for (const rule of blocks.items()) yield* described(rule)
      if (blocks.mayHaveMore()) yield undecided(blocks, 'there may be more rules than can be read')
    }
  },
})

function* described(rule: Place): Iterable<Outcome<'missing'>> {
  const at = rule.get('description')
  if (!rule.certain && at.value !== undefined && at.unknown === undefined) return
  for (const outcome of requirePresence(at, { at: rule, message: 'missing' })) {
    const exists = rule.certain || outcome.outcome !== undefined
    yield exists ? outcome : undecided(rule, 'whether the dynamic block makes this rule is not known')
  }
}
