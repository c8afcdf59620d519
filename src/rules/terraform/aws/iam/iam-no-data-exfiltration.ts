import { identityPolicyRule } from '../../../shared/terraform-iam-rules.ts'
import { dataExfiltration } from './data-exfiltration.ts'

export default identityPolicyRule(dataExfiltration, {
  id: 'iam-no-data-exfiltration',
  title: 'No policy of an identity reads the data of the whole account',
  sameAs: ['checkov:CKV_AWS_288'],
})
