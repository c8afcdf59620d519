import { identityPolicyRule } from '../../../shared/terraform-iam-rules.ts'
import { adminPolicy } from './admin-policy.ts'

export default identityPolicyRule(adminPolicy, {
  id: 'iam-no-admin-policy',
  title: 'No policy of an identity allows every action on every resource',
  sameAs: ['checkov:CKV_AWS_62', 'trivy:AWS-0057'],
})
