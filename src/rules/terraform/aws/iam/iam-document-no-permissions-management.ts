import { policyDocumentRule } from '../../../shared/terraform-iam-rules.ts'
import { permissionsManagement } from './permissions-management.ts'

export default policyDocumentRule(permissionsManagement, {
  id: 'iam-document-no-permissions-management',
  title: 'No policy document manages permissions on everything',
  sameAs: ['checkov:CKV_AWS_109'],
})
