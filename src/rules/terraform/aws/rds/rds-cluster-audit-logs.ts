import { defineRule, notApplicable, undecided } from '../../../rule.ts'
import { isEngine } from '../../../shared/terraform-databases.ts'

export default defineRule({
  id: 'rds-cluster-audit-logs',
  version: '2',
  title: 'Aurora MySQL clusters send their audit log to CloudWatch',
  severity: 'low',
  severityReason:
    'Who signed in and what was asked cannot be told afterwards; an attack is harder to reconstruct, not easier to ' +
    'make.',
  controls: ['AU-2', 'AU-3', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_325'],
  kind: 'terraform',
  resources: ['aws_rds_cluster'],
  messages: { none: 'The audit log of this cluster is not among its exports.' },
  remediation:
    'Add "audit" to `enabled_cloudwatch_logs_exports`, and set `server_audit_logging = 1` in the cluster parameter ' +
    'group.',
  *check(cluster) {
    // A Multi-AZ cluster of RDS for MySQL has none to export: its audit log takes an option group, which clusters have not.
    const mysql = isEngine(cluster, /^(?:aurora|aurora-mysql)$/)
    if (mysql === 'no') {
      yield notApplicable('only Aurora MySQL has an audit log to export')
      return
    }
    const at = cluster.get('enabled_cloudwatch_logs_exports')
    const reading = at.strings()
    const listed = at.items().some((item) => {
      const name = item.string()
      return name.kind === 'known' && name.value === 'audit'
    })
    if (listed) yield { outcome: 'pass', reason: 'the audit log is sent' }
    else if (mysql === 'unknown') yield undecided(cluster.get('engine'))
    else if (reading.kind === 'unknown') yield undecided(at)
    else yield { at, message: 'none' }
  },
})
