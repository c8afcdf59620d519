import { ENCRYPTION } from '../../../../resources/aws/s3-bucket.ts'
import type { Place } from '../../../../resources/place.ts'
import { defineRule, type Outcome, undecided } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'
import { bucketSettings, logDestination } from '../../../shared/terraform-buckets.ts'
import { requireSetting, unlessExempt } from '../../../shared/terraform-companions.ts'

type Message = 'missing' | 'notKms'

export default defineRule<Message>({
  id: 's3-bucket-kms-encryption',
  title: 'S3 buckets encrypt new objects with a KMS key',
  severity: 'medium',
  severityReason:
    'S3 encrypts everything since 2023, but with a key that opens for whoever may read the object; a KMS key is a second ' +
    'lock with its own permissions, log and off switch. The data is not exposed by this alone.',
  controls: ['SC-28', 'SC-12', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_145', 'trivy:AWS-0132'],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: {
    missing: 'This bucket has no encryption of its own choice; S3 falls back to SSE-S3.',
    notKms: 'New objects are encrypted with {algorithm}, not with a KMS key.',
  },
  remediation:
    'Set `sse_algorithm = "aws:kms"` with a customer-managed key and `bucket_key_enabled = true`. Whoever reads the objects ' +
    'then needs kms:Decrypt on the key.',
  *check(bucket, context) {
    yield* unlessExempt(
      requireSetting(bucketSettings(bucket, ENCRYPTION, context), judge, { at: bucket, message: 'missing' }),
      () => logDestination(bucket, context, 'log delivery can only write with SSE-S3'),
    )
  },
})

function* judge(setting: Place): Iterable<Outcome<Message>> {
  // A bucket has one encryption rule; S3 refuses more.
  const rules = setting.get('rule')
  if (rules.items().length === 0 && rules.mayHaveMore()) return yield undecided(rules)
  const at =
    rules.items().length === 0
      ? rules
      : (rules.items()[0] ?? rules).get('apply_server_side_encryption_by_default', 'sse_algorithm')
  const reading = at.string()
  const algorithm = reading.kind === 'known' ? reading.value : 'AES256'
  const holds = (value: string | undefined): boolean => value === 'aws:kms' || value === 'aws:kms:dsse'
  yield* requireAttribute({ at, reading, holds, message: 'notKms', data: { algorithm } })
}
