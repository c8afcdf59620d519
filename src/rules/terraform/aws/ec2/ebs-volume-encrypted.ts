import { asItsSource, firstOf } from '../../../shared/terraform-databases.ts'
import { encryptedByDefault } from '../../../shared/terraform-default-encryption.ts'
import { storageEncryptionRule } from '../../../shared/terraform-storage-encryption.ts'

export default storageEncryptionRule({
  id: 'ebs-volume-encrypted',
  title: 'EBS volumes are encrypted',
  severityReason:
    'Whoever may snapshot or attach the volume reads the whole disk, and shared snapshots leave the account; it ' +
    'takes access to the account first.',
  sameAs: ['checkov:CKV_AWS_3', 'trivy:AWS-0026'],
  resources: ['aws_ebs_volume'],
  path: 'encrypted',
  what: 'this volume',
  fixer: 'ebs',
  exempt: firstOf(encryptedByDefault, asItsSource('encrypted', ['snapshot_id'])),
})
