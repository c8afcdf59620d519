import { publicAccessFlagRule } from './public-access-flag.ts'

export default publicAccessFlagRule({
  id: 's3-restrict-public-buckets',
  flag: 'restrict_public_buckets',
  title: 'S3 confines a bucket with a public policy to its own account',
  severityReason:
    'It only matters once a policy is public, which is found by itself; then it is what keeps strangers out.',
  sameAs: ['checkov:CKV_AWS_56', 'trivy:AWS-0093'],
  problem: 'If the policy of this bucket is ever public, strangers can use it: restrict_public_buckets is off.',
})
