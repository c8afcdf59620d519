import { policyDocumentRule } from '../../../shared/terraform-iam-rules.ts'
import { adminPolicy } from './admin-policy.ts'

export default policyDocumentRule(adminPolicy, {
  id: 'iam-document-no-admin',
  title: 'No policy document allows every action on every resource',
  sameAs: ['checkov:CKV_AWS_1', 'trivy:AWS-0057'],
})
