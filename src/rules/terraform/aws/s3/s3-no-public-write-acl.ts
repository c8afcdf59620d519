import { defineRule } from '../../../rule.ts'
import { publicAcl } from './public-acl.ts'

export default defineRule({
  id: 's3-no-public-write-acl',
  title: 'S3 bucket ACLs do not let everybody write',
  severity: 'critical',
  severityReason:
    'Anybody on the internet replaces or deletes objects, plants malware in what the site serves, and stores at your cost, ' +
    'without any credentials.',
  controls: ['AC-3', 'AC-6', 'SI-7'],
  sameAs: ['checkov:CKV_AWS_57', 'trivy:AWS-0092'],
  version: '2',
  kind: 'terraform',
  resources: ['aws_s3_bucket', 'aws_s3_bucket_acl'],
  messages: { publicAcl: 'ACL {acl} lets anyone on the internet write to this bucket.' },
  remediation: 'Make the ACL private. Outsiders that must upload get presigned URLs for the one object.',
  *check(resource) {
    yield* publicAcl(resource, 'everybody', 'write')
  },
})
