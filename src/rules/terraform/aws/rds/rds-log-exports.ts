import { defineRule, undecided } from '../../../rule.ts'
import { inCluster } from '../../../shared/terraform-databases.ts'
import { isThere } from '../../../shared/terraform-settings.ts'

export default defineRule({
  id: 'rds-log-exports',
  title: 'Databases send their logs to CloudWatch',
  severity: 'medium',
  severityReason:
    'Failed sign-ins and errors stay on the instance for some days, where nobody looks and alarms do not reach; an ' +
    'attack is harder to see, not easier to make.',
  controls: ['AU-2', 'AU-6', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_129', 'checkov:CKV_AWS_324'],
  kind: 'terraform',
  resources: ['aws_db_instance', 'aws_rds_cluster'],
  messages: { none: 'No log of this database leaves the instance (`enabled_cloudwatch_logs_exports`).' },
  remediation: 'Set `enabled_cloudwatch_logs_exports` to the logs of the engine, such as `["postgresql", "upgrade"]`.',
  *check(database, context) {
    const at = database.get('enabled_cloudwatch_logs_exports')
    const exports = isThere(at)
    if (exports === 'yes') return
    const aurora = inCluster('log exports')(database, context)
    if (aurora !== undefined) yield aurora
    else if (exports === 'unknown') yield undecided(at)
    else yield { at, message: 'none' }
  },
})
