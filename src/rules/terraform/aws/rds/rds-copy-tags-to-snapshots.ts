import { inCluster } from '../../../shared/terraform-databases.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'rds-copy-tags-to-snapshots',
  title: 'Snapshots have the tags of their database',
  severity: 'info',
  severityReason:
    'Access rules and clean-up that go by tags miss the snapshots, so copies of data are kept and shared by ' +
    'accident; it takes such rules first.',
  controls: ['CM-8', 'AC-3'],
  sameAs: ['checkov:CKV2_AWS_60'],
  resources: ['aws_db_instance'],
  path: 'copy_tags_to_snapshot',
  wanted: true,
  message: 'Snapshots of this database have no tags (`copy_tags_to_snapshot` is off).',
  remediation: 'Set `copy_tags_to_snapshot = true`.',
  exempt: inCluster('snapshots'),
})
