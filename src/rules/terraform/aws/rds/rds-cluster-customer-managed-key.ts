import { asItsSource } from '../../../shared/terraform-databases.ts'
import { customerKeyRule } from '../../../shared/terraform-kms-keys.ts'

export default customerKeyRule({
  id: 'rds-cluster-customer-managed-key',
  title: 'Aurora and Multi-AZ clusters are encrypted with a key of your own',
  severity: 'low',
  severityReason:
    'The data is encrypted all the same; what is missing is a key whose policy you write, whose use you can deny and ' +
    'whose snapshots can be shared on purpose.',
  controls: ['SC-12', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_327'],
  resources: ['aws_rds_cluster'],
  path: 'kms_key_id',
  message: 'This cluster is not encrypted with a customer-managed key (`kms_key_id`).',
  remediation:
    'Name a customer-managed key in `kms_key_id`. An existing cluster cannot change its key: restore a snapshot copy ' +
    'that was made with the new one.',
  exempt: asItsSource('kms_key_id', [
    'replication_source_identifier',
    'snapshot_identifier',
    'restore_to_point_in_time',
  ]),
})
