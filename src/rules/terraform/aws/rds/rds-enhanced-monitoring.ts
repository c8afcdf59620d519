import { defineRule } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'

export default defineRule({
  id: 'rds-enhanced-monitoring',
  title: 'Enhanced monitoring is on for database instances',
  severity: 'low',
  severityReason:
    'A process that should not run, or a machine at its limit, shows up late or never; nobody gains access by it.',
  controls: ['SI-4', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_118'],
  kind: 'terraform',
  resources: ['aws_db_instance', 'aws_rds_cluster_instance'],
  messages: { off: 'Enhanced monitoring is off (`monitoring_interval`).' },
  remediation:
    'Set `monitoring_interval` to 60 seconds or less, with a `monitoring_role_arn` that may write to CloudWatch Logs ' +
    '(AmazonRDSEnhancedMonitoringRole).',
  *check(instance) {
    const at = instance.get('monitoring_interval')
    yield* requireAttribute({ at, reading: at.number(), holds: (value) => (value ?? 0) > 0, message: 'off' })
  },
})
