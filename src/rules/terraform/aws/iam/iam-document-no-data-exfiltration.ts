import { policyDocumentRule } from '../../../shared/terraform-iam-rules.ts'
import { dataExfiltration } from './data-exfiltration.ts'

export default policyDocumentRule(dataExfiltration, {
  id: 'iam-document-no-data-exfiltration',
  title: 'No policy document reads the data of the whole account',
  sameAs: ['checkov:CKV_AWS_108'],
})
