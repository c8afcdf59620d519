import { asItsSource, firstOf } from '../../../shared/terraform-databases.ts'
import { safeByDefault } from '../../../shared/terraform-redshift.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'redshift-encrypted',
  title: 'Redshift clusters are encrypted',
  severity: 'high',
  severityReason:
    'A warehouse holds a copy of everything, and whoever gets at a snapshot reads it; it takes access to the account ' +
    'first.',
  controls: ['SC-28', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_64', 'trivy:AWS-0084'],
  resources: ['aws_redshift_cluster'],
  path: 'encrypted',
  wanted: true,
  message: 'The storage of this warehouse is not encrypted (`encrypted`).',
  remediation: 'Set `encrypted = true`, with `kms_key_id` for a key of your own; Redshift moves the data by itself.',
  exempt: firstOf(asItsSource('encrypted', ['snapshot_identifier', 'snapshot_arn']), safeByDefault('encrypted')),
})
