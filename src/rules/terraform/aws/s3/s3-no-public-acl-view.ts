import { defineRule } from '../../../rule.ts'
import { publicAcl } from './public-acl.ts'

export default defineRule({
  id: 's3-no-public-acl-view',
  title: 'S3 bucket ACLs are not shown to everybody',
  severity: 'medium',
  severityReason:
    'Anybody reads who has access to the bucket, and the account ids of the owner and the grantees, which helps to prepare ' +
    'an attack; no object leaks by this alone.',
  controls: ['AC-3', 'AC-6'],
  sameAs: ['checkov:CKV_AWS_375', 'trivy:AWS-0092'],
  kind: 'terraform',
  resources: ['aws_s3_bucket', 'aws_s3_bucket_acl'],
  messages: { publicAcl: 'A grant to {acl} lets anyone on the internet read who has access to this bucket.' },
  remediation: 'Remove the grant of READ_ACP or FULL_CONTROL to AllUsers.',
  *check(resource) {
    yield* publicAcl(resource, 'everybody', 'view')
  },
})
