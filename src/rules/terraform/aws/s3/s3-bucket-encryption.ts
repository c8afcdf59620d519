import { ENCRYPTION } from '../../../../resources/aws/s3-bucket.ts'
import type { Place } from '../../../../resources/place.ts'
import { defineRule, type Outcome, undecided } from '../../../rule.ts'
import { bucketSettings } from '../../../shared/terraform-buckets.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'

const ALGORITHMS: ReadonlySet<string | undefined> = new Set(['AES256', 'aws:kms', 'aws:kms:dsse'])

export default defineRule({
  id: 's3-bucket-encryption',
  title: 'The encryption that an S3 bucket states is one that S3 has',
  severity: 'medium',
  severityReason:
    'S3 refuses such a configuration, so what was meant never takes effect and objects keep the default of S3; since ' +
    '2023 that default encrypts them all the same, hence not high.',
  controls: ['SC-28', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_19', 'trivy:AWS-0088'],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: { none: 'The encryption configuration of this bucket names no algorithm that S3 has ({algorithm}).' },
  remediation:
    'Name an algorithm: `aws:kms` with a key of your own, or `AES256`. A bucket without any configuration is ' +
    'encrypted by S3 itself since January 2023 and passes.',
  *check(bucket, context) {
    yield* requireSetting(bucketSettings(bucket, ENCRYPTION, context), judge)
  },
})

function* judge(setting: Place): Iterable<Outcome<'none'>> {
  const rules = setting.get('rule')
  if (rules.mayHaveMore()) yield undecided(rules)
  for (const rule of rules.items()) {
    const chosen = rule.get('apply_server_side_encryption_by_default')
    // A rule may also be there for the bucket key or for blocked encryption types alone.
    if (chosen.absent) continue
    const at = chosen.get('sse_algorithm')
    const reading = at.string()
    const algorithm = reading.kind === 'known' ? reading.value : 'none'
    yield* requireAttribute({
      at,
      reading,
      holds: (value) => ALGORITHMS.has(value),
      message: 'none',
      data: { algorithm },
    })
  }
}
