import { policyDocumentRule } from '../../../shared/terraform-iam-rules.ts'
import { wildcardActions } from './wildcard-actions.ts'

export default policyDocumentRule(wildcardActions, {
  id: 'iam-document-no-wildcard-actions',
  title: 'No policy document allows the action "*"',
  sameAs: ['checkov:CKV_AWS_49', 'trivy:AWS-0057'],
})
