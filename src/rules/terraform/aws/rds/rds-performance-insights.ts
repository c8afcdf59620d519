import { attributeOf, HclEdits, raw, setOwnAttribute, setPlace } from '../../../../edit/hcl/index.ts'
import type { Estate } from '../../../../resources/estate.ts'
import { decide, type Place } from '../../../../resources/place.ts'
import { defineRule, type LocalFix, notApplicable } from '../../../rule.ts'
import { unlessExempt } from '../../../shared/terraform-companions.ts'
import { isEngine } from '../../../shared/terraform-databases.ts'
import { withFix } from '../../../shared/terraform-fixes.ts'
import { customerKey } from '../../../shared/terraform-kms-keys.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

/** Too small for it with MySQL and MariaDB, by the RDS user guide. */
const SMALL = /^db\.(?:t[23]\.(?:micro|small)|t4g\.(?:micro|small))$/
const KEY = 'performance_insights_kms_key_id'

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
  *check(instance, { estate }) {
    const at = instance.get('performance_insights_enabled')
    const outcomes = requireFlag({ at, wanted: true, fallback: false, message: 'off' })
    yield* unlessExempt(
      withFix(outcomes, () => switchOn(instance, at, estate)),
      () => (isTooSmall(instance) ? notApplicable('an instance of this class has no Performance Insights') : undefined),
    )
  },
})

function isTooSmall(instance: Place): boolean {
  const small = decide(instance.get('instance_class').string(), (value) => value !== undefined && SMALL.test(value))
  return small === 'yes' && isEngine(instance, /^(?:mysql|mariadb)$/) === 'yes'
}

/** The key cannot be changed afterwards, so it is switched on with one: its own, or that of the storage. */
function switchOn(instance: Place, at: Place, estate: Estate): LocalFix {
  const edits = new HclEdits()
  const key = instance.get(KEY)
  const storage = attributeOf(instance.get('kms_key_id'))
  let refusal = setPlace(edits, estate, at, true)
  if (refusal === undefined && customerKey(key, estate) !== 'yes') {
    refusal =
      storage === undefined || customerKey(instance.get('kms_key_id'), estate) !== 'yes'
        ? { refused: `it keeps the texts of statements: name a key in ${KEY} first, which cannot be changed later` }
        : setOwnAttribute(edits, estate, key, raw(storage.document.text.slice(storage.value.start, storage.value.end)))
  }
  return {
    fixer: 'rds-security',
    rank: 'D',
    title: 'Switch Performance Insights on, with the key of the storage',
    minutes: 2,
    edits: refusal ?? edits.finish(),
  }
}
