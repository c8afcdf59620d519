import { publicAccessFlagRule } from './public-access-flag.ts'

export default publicAccessFlagRule({
  id: 's3-block-public-policy',
  flag: 'block_public_policy',
  title: 'S3 refuses a bucket policy that lets the public in',
  severityReason:
    'Nothing is public by this alone, but whoever may edit the policy can publish the whole bucket in one call.',
  sameAs: ['checkov:CKV_AWS_54', 'trivy:AWS-0087'],
  problem: 'A public policy can be put on this bucket: block_public_policy is off.',
})
