import { asItsSource } from '../../../shared/terraform-databases.ts'
import { storageEncryptionRule } from '../../../shared/terraform-storage-encryption.ts'

export default storageEncryptionRule({
  id: 'neptune-encrypted',
  title: 'Neptune clusters are encrypted',
  severityReason:
    'Whoever gets at a snapshot or a shared copy reads the whole graph; it takes access to the account first, so it ' +
    'is not critical.',
  sameAs: ['checkov:CKV_AWS_44', 'trivy:AWS-0076'],
  resources: ['aws_neptune_cluster'],
  path: 'storage_encrypted',
  what: 'this cluster',
  fixer: 'neptune',
  exempt: asItsSource('storage_encrypted', ['snapshot_identifier', 'replication_source_identifier']),
})
