import { policyDocumentRule } from '../../../shared/terraform-iam-rules.ts'
import { unconstrainedWrite } from './unconstrained-write.ts'

export default policyDocumentRule(unconstrainedWrite, {
  id: 'iam-document-no-unconstrained-write',
  title: 'Policy documents limit what can be changed',
  sameAs: ['checkov:CKV_AWS_111'],
})
