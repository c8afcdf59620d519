import { defineRule } from '../../../rule.ts'
import { publicAcl } from './public-acl.ts'

export default defineRule({
  id: 's3-no-public-acl',
  title: 'S3 bucket ACLs do not let everybody read',
  severity: 'high',
  severityReason:
    'Anybody on the internet lists the bucket and downloads what is in it, without any credentials; scanners find such ' +
    'buckets within hours. What leaks depends on the content, hence not critical.',
  controls: ['AC-3', 'AC-6', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_20', 'trivy:AWS-0092'],
  version: '2',
  kind: 'terraform',
  resources: ['aws_s3_bucket', 'aws_s3_bucket_acl'],
  messages: { publicAcl: 'ACL {acl} lets anyone on the internet read this bucket.' },
  remediation:
    'Make the ACL private. Outsiders that must read get presigned URLs, or CloudFront with origin access control.',
  *check(resource) {
    yield* publicAcl(resource, 'everybody', 'read')
  },
})
