import { defineRule } from '../../../rule.ts'
import { publicAcl } from './public-acl.ts'

export default defineRule({
  id: 's3-no-authenticated-users-acl',
  title: 'S3 bucket ACLs do not let in everybody who has an AWS account',
  severity: 'high',
  severityReason:
    'An AWS account is free and takes minutes, so "authenticated users" are the internet with one more step; what leaks ' +
    'depends on the content, hence not critical.',
  controls: ['AC-3', 'AC-6', 'SC-7'],
  sameAs: ['checkov:CKV2_AWS_43', 'trivy:AWS-0092'],
  kind: 'terraform',
  resources: ['aws_s3_bucket', 'aws_s3_bucket_acl'],
  messages: { publicAcl: 'ACL {acl} lets anyone who has any AWS account use this bucket.' },
  remediation:
    'Make the ACL private. Name the other accounts that need the bucket in its policy, or give them a role to assume.',
  *check(resource) {
    yield* publicAcl(resource, 'authenticated')
  },
})
