import { decide, type Place } from '../../../../resources/place.ts'
import { defineRule, notApplicable } from '../../../rule.ts'
import { unlessExempt } from '../../../shared/terraform-companions.ts'
import { isEngine } from '../../../shared/terraform-databases.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

/** Too small for it with MySQL and MariaDB, by the RDS user guide. */
const SMALL = /^db\.(?:t[23]\.(?:micro|small)|t4g\.(?:micro|small))$/

export default defineRule({
  id: 'rds-performance-insights',
  title: 'Performance Insights is on for database instances',
  severity: 'info',
  severityReason:
    'It helps to see what a database is busy with, an attack among other things; nothing is open without it.',
  controls: ['SI-4', 'AU-6'],
  sameAs: ['checkov:CKV_AWS_353', 'trivy:AWS-0133'],
  kind: 'terraform',
  resources: ['aws_db_instance', 'aws_rds_cluster_instance'],
  messages: { off: 'Performance Insights is off (`performance_insights_enabled`).' },
  remediation:
    'Set `performance_insights_enabled = true`; seven days are free. Name a key of your own for what it keeps.',
  *check(instance) {
    const at = instance.get('performance_insights_enabled')
    const outcomes = requireFlag({ at, wanted: true, fallback: false, message: 'off' })
    yield* unlessExempt(outcomes, () =>
      isTooSmall(instance) ? notApplicable('an instance of this class has no Performance Insights') : undefined,
    )
  },
})

function isTooSmall(instance: Place): boolean {
  const small = decide(instance.get('instance_class').string(), (value) => value !== undefined && SMALL.test(value))
  return small === 'yes' && isEngine(instance, /^(?:mysql|mariadb)$/) === 'yes'
}
