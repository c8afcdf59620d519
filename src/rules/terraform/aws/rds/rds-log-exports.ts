import type { Place } from '../../../../resources/place.ts'
import { defineRule, type LocalFix, undecided } from '../../../rule.ts'
import { inCluster } from '../../../shared/terraform-databases.ts'
import { setFix } from '../../../shared/terraform-fixes.ts'
import { isThere } from '../../../shared/terraform-settings.ts'
import type { Estate } from '../../../../resources/estate.ts'

/** Logs worth having by engine, without those that hold every statement. By the RDS and Aurora user guides, 2026. */
const LOGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^postgres$/, ['postgresql', 'upgrade']],
  [/^aurora-postgresql$/, ['postgresql']],
  [/^(?:aurora|aurora-mysql)$/, ['audit', 'error', 'slowquery']],
  [/^(?:mysql|mariadb)$/, ['error', 'slowquery']],
  [/^(?:custom-)?oracle/, ['alert', 'audit', 'listener', 'trace']],
  [/^sqlserver-ex$/, ['error']],
  [/^sqlserver/, ['agent', 'error']],
  [/^db2/, ['diag.log', 'notify.log']],
]

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
    else {
      const fix = exportLogs(database, at, context.estate)
      yield fix === undefined ? { at, message: 'none' } : { at, message: 'none', fix }
    }
  },
})

function exportLogs(database: Place, at: Place, estate: Estate): LocalFix | undefined {
  const engine = database.get('engine').string()
  const value = engine.kind === 'known' ? LOGS.find(([engines]) => engines.test(engine.value))?.[1] : undefined
  // An empty list that is written out is somebody's decision, and not a literal to replace.
  if (value === undefined || !at.absent) return undefined
  return setFix(estate, at, {
    fixer: 'rds-security',
    rank: 'E',
    title: `Send the ${value.join(', ')} ${value.length === 1 ? 'log' : 'logs'} to CloudWatch`,
    minutes: 1,
    value,
  })
}
