import { asItsSource } from '../../../shared/terraform-databases.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'rds-global-cluster-encrypted',
  title: 'Global database clusters are encrypted',
  severity: 'high',
  severityReason:
    'Whoever gets at a snapshot or a shared copy in any region reads every row; it takes access to the account ' +
    'first, so it is not critical.',
  controls: ['SC-28', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_140'],
  resources: ['aws_rds_global_cluster'],
  path: 'storage_encrypted',
  wanted: true,
  message: 'The storage of this global cluster is not encrypted (`storage_encrypted`).',
  remediation: 'Set `storage_encrypted = true` when the global cluster is made; an existing one has to be replaced.',
  exempt: asItsSource('storage_encrypted', ['source_db_cluster_identifier']),
})
