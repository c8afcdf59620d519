import { publicAccessFlagRule } from './public-access-flag.ts'

export default publicAccessFlagRule({
  id: 's3-ignore-public-acls',
  flag: 'ignore_public_acls',
  title: 'S3 ignores public ACLs that are there already',
  severityReason:
    'Only ACLs that are public already take effect by this, and those are found by themselves; it is the second line.',
  sameAs: ['checkov:CKV_AWS_55', 'trivy:AWS-0091'],
  problem: 'Public ACLs on the bucket or on old objects keep working: ignore_public_acls is off.',
})
