import { storageEncryptionRule } from '../../../shared/terraform-storage-encryption.ts'

export default storageEncryptionRule({
  id: 'efs-encrypted',
  title: 'EFS file systems are encrypted',
  severityReason:
    'Shared files lie in the clear in the storage and in its backups; reading them takes access to the account first.',
  sameAs: ['checkov:CKV_AWS_42', 'trivy:AWS-0037'],
  resources: ['aws_efs_file_system'],
  path: 'encrypted',
  what: 'this file system',
  fixer: 'efs',
})
