import { identityPolicyRule } from '../../../shared/terraform-iam-rules.ts'
import { wildcardResources } from './wildcard-resources.ts'

export default identityPolicyRule(wildcardResources, {
  id: 'iam-no-wildcard-resources',
  title: 'Policies of identities name resources where actions can take them',
  sameAs: ['checkov:CKV_AWS_355', 'trivy:AWS-0057'],
})
