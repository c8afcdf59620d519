import { inCluster } from '../../../shared/terraform-databases.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'rds-deletion-protection',
  title: 'Databases cannot be deleted by one call',
  severity: 'medium',
  severityReason:
    'One call, a wrong `terraform destroy` or stolen credentials end the database; backups may go with it. Nobody ' +
    'reads anything by it.',
  controls: ['CP-9', 'SI-12'],
  sameAs: ['checkov:CKV_AWS_293', 'trivy:AWS-0177', 'checkov:CKV_AWS_139', 'trivy:AWS-0343'],
  resources: ['aws_db_instance', 'aws_rds_cluster'],
  path: 'deletion_protection',
  wanted: true,
  message: 'This database can be deleted by one call: `deletion_protection` is off.',
  remediation: 'Set `deletion_protection = true`; to delete the database on purpose, switch it off first.',
  exempt: inCluster('deletion protection'),
})
