import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'rds-minor-version-upgrades',
  title: 'Databases get minor versions by themselves',
  severity: 'medium',
  severityReason:
    'Security fixes of the engine come in minor versions; without them known holes stay open until somebody thinks ' +
    'of it. Using one takes access to the database port.',
  controls: ['SI-2'],
  sameAs: ['checkov:CKV_AWS_226'],
  resources: ['aws_db_instance', 'aws_rds_cluster_instance'],
  path: 'auto_minor_version_upgrade',
  wanted: true,
  fallback: true,
  message: 'Security fixes are not installed by themselves: `auto_minor_version_upgrade` is off.',
  remediation: 'Set `auto_minor_version_upgrade = true`, or remove the line: true is the default.',
})
