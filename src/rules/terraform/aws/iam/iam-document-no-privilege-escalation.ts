import { policyDocumentRule } from '../../../shared/terraform-iam-rules.ts'
import { privilegeEscalation } from './privilege-escalation.ts'

export default policyDocumentRule(privilegeEscalation, {
  id: 'iam-document-no-privilege-escalation',
  title: 'No policy document leads to more rights than it gives',
  sameAs: ['checkov:CKV_AWS_110'],
})
