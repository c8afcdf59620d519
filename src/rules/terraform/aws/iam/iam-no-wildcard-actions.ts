import { identityPolicyRule } from '../../../shared/terraform-iam-rules.ts'
import { wildcardActions } from './wildcard-actions.ts'

export default identityPolicyRule(wildcardActions, {
  id: 'iam-no-wildcard-actions',
  title: 'No policy of an identity allows the action "*"',
  sameAs: ['checkov:CKV_AWS_63', 'trivy:AWS-0057'],
})
