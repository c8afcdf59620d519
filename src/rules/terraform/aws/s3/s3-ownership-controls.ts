import { OWNERSHIP } from '../../../../resources/aws/s3-bucket.ts'
import type { Place } from '../../../../resources/place.ts'
import { defineRule, type Outcome } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'
import { bucketSettings } from '../../../shared/terraform-buckets.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'

type Message = 'missing' | 'aclsOn'

export default defineRule<Message>({
  id: 's3-ownership-controls',
  title: 'S3 buckets have ACLs switched off',
  severity: 'low',
  severityReason:
    'ACLs are a second, easily forgotten way to share objects; they grant nothing by themselves, and public ones are found ' +
    'by rules of their own.',
  controls: ['AC-3', 'AC-6'],
  sameAs: ['checkov:CKV2_AWS_65'],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: {
    missing: 'Nothing in the code switches ACLs off for this bucket; one from before April 2023 has them on.',
    aclsOn: 'Object ownership is {ownership}, so ACLs decide who may read and who owns what is uploaded.',
  },
  remediation:
    'Set `object_ownership = "BucketOwnerEnforced"` in an `aws_s3_bucket_ownership_controls`, after moving what ACLs grant ' +
    'to the bucket policy and removing `aws_s3_bucket_acl`.',
  *check(bucket, context) {
    const settings = bucketSettings(bucket, OWNERSHIP, context)
    yield* requireSetting(settings, judge, { at: bucket, message: 'missing' })
  },
})

function* judge(setting: Place): Iterable<Outcome<Message>> {
  const at = setting.get('rule', 'object_ownership')
  const reading = at.string()
  const ownership = reading.kind === 'known' ? reading.value : 'not set'
  const holds = (value: string | undefined): boolean => value === 'BucketOwnerEnforced'
  yield* requireAttribute({ at, reading, holds, message: 'aclsOn', data: { ownership } })
}
