import { PUBLIC_ACCESS_BLOCK } from '../../../../resources/aws/s3-bucket.ts'
import { decide, Place } from '../../../../resources/place.ts'
import { defineRule, notApplicable, type Outcome, pass } from '../../../rule.ts'
import { bucketSettings } from '../../../shared/terraform-buckets.ts'
import { requireSetting, unlessExempt } from '../../../shared/terraform-companions.ts'

const FLAGS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets']

export default defineRule({
  id: 's3-public-access-block',
  title: 'S3 buckets have a public access block',
  severity: 'medium',
  severityReason:
    'The bucket is not public by this, but nothing catches the one wrong ACL or policy that makes it so; new buckets get ' +
    'the block from AWS, buckets from before April 2023 do not.',
  controls: ['AC-3', 'AC-4', 'SC-7'],
  sameAs: ['checkov:CKV2_AWS_6', 'trivy:AWS-0094'],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: { missing: 'No aws_s3_bucket_public_access_block guards this bucket.' },
  remediation: 'Add an `aws_s3_bucket_public_access_block` for the bucket with all four switches on.',
  *check(bucket, context) {
    const settings = bucketSettings(bucket, PUBLIC_ACCESS_BLOCK, context)
    yield* unlessExempt(requireSetting(settings, judge, { at: bucket, message: 'missing' }), () => {
      const guard = context.estate
        .terraform('aws_s3_account_public_access_block', bucket.resource.root)
        .find((block) => !block.dormant && FLAGS.every((flag) => isTrue(Place.of(block).get(flag))))
      return guard === undefined ? undefined : pass(`${guard.address} blocks public access for the whole account`)
    })
  },
})

/** One whose switches are all off guards nothing; each of them has a rule of its own. */
function* judge(block: Place): Iterable<Outcome<'missing'>> {
  if (FLAGS.every((flag) => decide(block.get(flag).bool(), (on) => on !== true) === 'yes'))
    yield notApplicable('the switches of its block are off, which rules of their own say')
}

function isTrue(place: Place): boolean {
  const value = place.bool()
  return value.kind === 'known' && value.value
}
