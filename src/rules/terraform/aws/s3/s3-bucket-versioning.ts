import { VERSIONING } from '../../../../resources/aws/s3-bucket.ts'
import { decide, type Place } from '../../../../resources/place.ts'
import { defineRule, type Outcome, pass, undecided } from '../../../rule.ts'
import { requireAttribute, requireTrue } from '../../../shared/terraform-attributes.ts'
import { bucketSettings } from '../../../shared/terraform-buckets.ts'
import { requireSetting, unlessExempt } from '../../../shared/terraform-companions.ts'

type Message = 'missing' | 'off'

export default defineRule<Message>({
  id: 's3-bucket-versioning',
  version: '2',
  title: 'S3 buckets keep earlier versions of their objects',
  severity: 'medium',
  severityReason:
    'Ransomware, a wrong script or a stolen key overwrites or deletes objects for good; nothing leaks, and write access is ' +
    'needed first.',
  controls: ['CP-9', 'CP-10', 'SI-12'],
  sameAs: ['checkov:CKV_AWS_21', 'trivy:AWS-0090'],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: {
    missing: 'What is overwritten or deleted in this bucket is gone: versioning was never switched on.',
    off: 'What is overwritten or deleted in this bucket is gone: versioning is not enabled.',
  },
  remediation:
    'Enable versioning, and expire noncurrent versions with a lifecycle rule so that the costs stay bounded.',
  *check(bucket, context) {
    const settings = bucketSettings(bucket, VERSIONING, context)
    const outcomes = requireSetting(settings, judge, { at: bucket, message: 'missing' })
    yield* unlessExempt(outcomes, () => (settings.certain.length === 0 ? byObjectLock(bucket) : undefined))
  },
})

function* judge(setting: Place): Iterable<Outcome<Message>> {
  // Inline, in the style of provider version 3.
  if (setting.path.length > 0) return yield* requireTrue(setting.get('enabled'), 'off')
  const at = setting.get('versioning_configuration', 'status')
  yield* requireAttribute({ at, reading: at.string(), holds: (status) => status === 'Enabled', message: 'off' })
}

/** S3 switches versioning on with Object Lock, and lets nobody suspend it afterwards. */
function byObjectLock(bucket: Place): Outcome<Message> | undefined {
  const flag = bucket.get('object_lock_enabled')
  // Inline, in the style of provider version 3.
  const inline = bucket.get('object_lock_configuration', 'object_lock_enabled')
  const isFlagged = decide(flag.bool(), (locked) => locked === true)
  const isInline = decide(inline.string(), (locked) => locked === 'Enabled')
  if (isFlagged === 'yes' || isInline === 'yes') return pass('a bucket with Object Lock has versioning on')
  if (isFlagged === 'unknown') return undecided(flag)
  return isInline === 'unknown' ? undecided(inline) : undefined
}
