import { asItsSource } from '../../../shared/terraform-databases.ts'
import { storageEncryptionRule } from '../../../shared/terraform-storage-encryption.ts'

export default storageEncryptionRule({
  id: 'docdb-encrypted',
  title: 'DocumentDB clusters are encrypted',
  severityReason:
    'Whoever gets at a snapshot or a shared copy reads every document; it takes access to the account first, so it ' +
    'is not critical.',
  sameAs: ['checkov:CKV_AWS_74', 'trivy:AWS-0021'],
  resources: ['aws_docdb_cluster'],
  path: 'storage_encrypted',
  what: 'this cluster',
  fixer: 'docdb',
  exempt: asItsSource('storage_encrypted', ['snapshot_identifier']),
})
