import { POLICY, policyText } from '../../../../resources/aws/s3-bucket.ts'
import { deniesPlainHttp } from '../../../../resources/aws/s3-policy.ts'
import type { Place } from '../../../../resources/place.ts'
import { readPolicy } from '../../../../resources/terraform/policy.ts'
import { defineRule, type Outcome, pass, undecided } from '../../../rule.ts'
import { bucketSettings } from '../../../shared/terraform-buckets.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'

type Message = 'noPolicy' | 'notDenied'

export default defineRule<Message>({
  id: 's3-tls-only-policy',
  title: 'S3 buckets refuse requests without TLS',
  severity: 'medium',
  severityReason:
    'Objects and signed URLs can be read and changed on the way if a client uses plain HTTP; the attacker must sit on the ' +
    'path, and AWS tools use TLS by themselves.',
  controls: ['SC-8', 'SC-13', 'AC-17'],
  sameAs: [],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: {
    noPolicy: 'This bucket answers over plain HTTP: it has no policy that denies it.',
    notDenied: 'This bucket answers over plain HTTP: its policy does not deny requests without TLS.',
  },
  remediation: 'Add a statement that denies `s3:*` to everyone when `aws:SecureTransport` is false.',
  *check(bucket, context) {
    const { certain, possible } = bucketSettings(bucket, POLICY, context)
    yield* requireSetting({ certain: certain.map(policyText), possible }, judge, { at: bucket, message: 'noPolicy' })
  },
})

function* judge(policy: Place): Iterable<Outcome<Message>> {
  const reading = readPolicy(policy)
  if (reading.kind === 'unknown') return yield undecided(policy, reading.reason)
  if (reading.kind === 'absent') return yield { at: policy, message: 'notDenied' }
  const verdicts = reading.statements.map(deniesPlainHttp)
  if (verdicts.includes('yes')) yield pass('one of its statements denies plain HTTP, whatever the others are')
  else if (verdicts.includes('unknown'))
    yield undecided(policy, 'a statement that denies plain HTTP is not fully known')
  else if (!reading.complete) yield undecided(policy, 'the policy may have more statements')
  else yield { at: policy, message: 'notDenied' }
}
