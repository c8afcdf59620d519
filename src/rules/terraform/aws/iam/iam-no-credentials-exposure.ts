import { identityPolicyRule } from '../../../shared/terraform-iam-rules.ts'
import { credentialsExposure } from './credentials-exposure.ts'

export default identityPolicyRule(credentialsExposure, {
  id: 'iam-no-credentials-exposure',
  title: 'No policy of an identity hands out credentials of everybody',
  sameAs: ['checkov:CKV_AWS_287'],
})
