import { publicAccessFlagRule } from './public-access-flag.ts'

export default publicAccessFlagRule({
  id: 's3-block-public-acls',
  flag: 'block_public_acls',
  title: 'S3 refuses new public ACLs on the bucket and its objects',
  severityReason:
    'Nothing is public by this alone, but one upload with the wrong ACL publishes an object; a second mistake is needed.',
  sameAs: ['checkov:CKV_AWS_53', 'trivy:AWS-0086'],
  problem: 'Uploads to this bucket may carry a public ACL: block_public_acls is off.',
})
