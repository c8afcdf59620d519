import { policyDocumentRule } from '../../../shared/terraform-iam-rules.ts'
import { wildcardResources } from './wildcard-resources.ts'

export default policyDocumentRule(wildcardResources, {
  id: 'iam-document-no-wildcard-resources',
  title: 'Policy documents name resources where actions can take them',
  sameAs: ['checkov:CKV_AWS_356', 'trivy:AWS-0057'],
})
