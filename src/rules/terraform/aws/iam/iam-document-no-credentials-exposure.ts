import { policyDocumentRule } from '../../../shared/terraform-iam-rules.ts'
import { credentialsExposure } from './credentials-exposure.ts'

export default policyDocumentRule(credentialsExposure, {
  id: 'iam-document-no-credentials-exposure',
  title: 'No policy document hands out credentials of everybody',
  sameAs: ['checkov:CKV_AWS_107'],
})
