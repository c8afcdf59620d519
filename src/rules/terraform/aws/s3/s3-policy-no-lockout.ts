import type { Place, Tri } from '../../../../resources/place.ts'
import { type PolicyStatement, readPolicy } from '../../../../resources/terraform/policy.ts'
import { defineRule, type Outcome, undecided } from '../../../rule.ts'

export default defineRule({
  id: 's3-policy-no-lockout',
  title: 'S3 bucket policies do not shut out everybody',
  severity: 'medium',
  severityReason:
    'Nobody but the root user can read, change or repair the bucket afterwards, administrators included: an outage, ' +
    'and no gain for an attacker.',
  controls: ['AC-3', 'CP-10'],
  sameAs: ['checkov:CKV_AWS_93'],
  kind: 'terraform',
  resources: ['aws_s3_bucket', 'aws_s3_bucket_policy'],
  messages: { lockout: 'This statement denies everything to everybody: only the root user can undo it.' },
  remediation:
    'Deny what is to be denied only (writes, deletes, plain HTTP), or add a condition that spares the roles that ' +
    'administer the bucket. Locked out already? The root user can still delete the policy.',
  *check(resource) {
    yield* judge(resource.get('policy'))
  },
})

function* judge(policy: Place): Iterable<Outcome<'lockout'>> {
  const reading = readPolicy(policy)
  if (reading.kind === 'absent') return
  if (reading.kind === 'unknown') {
    yield undecided(policy, reading.reason)
    return
  }
  for (const statement of reading.statements) {
    const verdict = locksOut(statement)
    if (verdict === 'yes' && statement.place.certain) yield { at: statement.place, message: 'lockout' }
    else if (verdict !== 'no') yield undecided(statement.place, 'whether it denies everything is not known')
  }
  if (!reading.complete) yield undecided(policy, 'the policy may have more statements')
}

function locksOut({ effect, principals, actions, conditions }: PolicyStatement): Tri {
  if (effect.kind === 'known' && effect.value !== 'Deny') return 'no'
  if (actions.not) return 'no'
  // A condition spares somebody, or somewhere; what it says does not matter here.
  if (conditions !== 'unknown' && conditions.length > 0) return 'no'
  const everything = [actions.contains('*'), actions.contains('s3:*')]
  const everybody = principals.kind
  if (everything.every((one) => one === 'no') || everybody === 'some' || everybody === 'none') return 'no'
  const sure = effect.kind === 'known' && conditions !== 'unknown' && everybody === 'any'
  return sure && everything.includes('yes') ? 'yes' : 'unknown'
}
