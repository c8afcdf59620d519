import { identityPolicyRule } from '../../../shared/terraform-iam-rules.ts'
import { privilegeEscalation } from './privilege-escalation.ts'

export default identityPolicyRule(privilegeEscalation, {
  id: 'iam-no-privilege-escalation',
  title: 'No policy of an identity leads to more rights than it gives',
  sameAs: ['checkov:CKV_AWS_286'],
})
