import { identityPolicyRule } from '../../../shared/terraform-iam-rules.ts'
import { permissionsManagement } from './permissions-management.ts'

export default identityPolicyRule(permissionsManagement, {
  id: 'iam-no-permissions-management',
  title: 'No policy of an identity manages permissions on everything',
  sameAs: ['checkov:CKV_AWS_289'],
})
