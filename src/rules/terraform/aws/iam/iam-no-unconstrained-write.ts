import { identityPolicyRule } from '../../../shared/terraform-iam-rules.ts'
import { unconstrainedWrite } from './unconstrained-write.ts'

export default identityPolicyRule(unconstrainedWrite, {
  id: 'iam-no-unconstrained-write',
  title: 'Policies of identities limit what can be changed',
  sameAs: ['checkov:CKV_AWS_290'],
})
