import { LOGGING } from '../../../../resources/aws/s3-bucket.ts'
import type { Place } from '../../../../resources/place.ts'
import { defineRule, type Outcome, pass } from '../../../rule.ts'
import { bucketSettings, logDestination } from '../../../shared/terraform-buckets.ts'
import { requireSetting, unlessExempt } from '../../../shared/terraform-companions.ts'

type Message = 'missing' | 'noTarget'

export default defineRule<Message>({
  id: 's3-access-logging',
  title: 'S3 buckets log who reads and writes their objects',
  severity: 'low',
  severityReason:
    'Nobody gains access by this; after a leak, though, nobody can say which objects were taken, by whom and since when.',
  controls: ['AU-2', 'AU-3', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_18', 'trivy:AWS-0089'],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: {
    missing: 'Requests to this bucket are not logged.',
    noTarget: 'The logging of this bucket names no target bucket.',
  },
  remediation: 'Add an `aws_s3_bucket_logging` whose target is a bucket kept for logs, with a prefix of its own.',
  *check(bucket, context) {
    yield* unlessExempt(
      requireSetting(bucketSettings(bucket, LOGGING, context), judge, { at: bucket, message: 'missing' }),
      () => logDestination(bucket, context, 'logging its own accesses would write logs about logs without end'),
    )
  },
})

function* judge(setting: Place): Iterable<Outcome<Message>> {
  const target = setting.get('target_bucket')
  const set = target.isSet()
  if (set === 'unknown') yield pass('it is a required argument: whatever it is, it names a bucket')
  else if (set === 'no') yield { at: target, message: 'noTarget' }
}
