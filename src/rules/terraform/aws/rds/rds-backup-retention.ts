import { decide, type Place } from '../../../../resources/place.ts'
import { defineRule, undecided } from '../../../rule.ts'
import { unlessExempt } from '../../../shared/terraform-companions.ts'
import { firstOf, inCluster, ofReplica } from '../../../shared/terraform-databases.ts'
import { refuses } from '../../../shared/terraform-validation.ts'
import type { Outcome, Undecided } from '../../../rule.ts'

const WEEK = 7
/** Days of backups that the provider asks for if nothing is said. */
const DEFAULTS: Readonly<Record<string, number>> = { aws_db_instance: 0, aws_rds_cluster: 1 }
const exempt = firstOf(
  inCluster('backups'),
  ofReplica('a replica is backed up by the database that it copies'),
  ofRestored,
)

export default defineRule({
  id: 'rds-backup-retention',
  version: '2',
  title: 'Databases are backed up, for a week or longer',
  severity: 'medium',
  severityReason:
    'A wrong statement, a failed disk or an attacker who deletes rows ends the data for good; it gives nobody ' +
    'access, hence not high. Backups of a few days are only low.',
  controls: ['CP-9', 'CP-10'],
  sameAs: ['checkov:CKV_AWS_133', 'trivy:AWS-0077'],
  kind: 'terraform',
  resources: ['aws_db_instance', 'aws_rds_cluster'],
  messages: {
    none: 'Nothing is backed up: `backup_retention_period` is {days}.',
    short: 'Backups are kept for {days} of the {wanted} days that are wanted.',
  },
  remediation:
    'Set `backup_retention_period` to 7 or more, at most 35 (`params.days` of this rule sets another bound); AWS ' +
    'Backup keeps them longer.',
  *check(database, context) {
    const { params } = context
    const at = database.get('backup_retention_period')
    const wanted = typeof params['days'] === 'number' && params['days'] > 0 ? params['days'] : WEEK
    const fallback = DEFAULTS[database.resource.type] ?? 0
    const reading = at.number()
    const enough = decide(reading, (days) => (days ?? fallback) >= wanted)
    yield* unlessExempt(judge(), () => exempt(database, context))

    function* judge(): Iterable<Outcome<'none' | 'short'>> {
      if (enough === 'yes' || refuses(at, 0, 1, wanted - 1, null))
        yield { outcome: 'pass', reason: 'every value that it can have is long enough' }
      else if (enough === 'unknown') yield undecided(at)
      else {
        const days = reading.kind === 'known' ? reading.value : fallback
        const first = days === 0
        yield {
          at,
          message: first ? 'none' : 'short',
          data: first ? { days } : { days, wanted },
          ...(first ? {} : { severity: 'low' as const }),
        }
      }
    }
  },
})

function ofRestored(database: Place): Undecided | undefined {
  if (database.resource.type !== 'aws_db_instance' || !database.get('backup_retention_period').absent) return undefined
  const source = ['snapshot_identifier', 'restore_to_point_in_time']
    .map((name) => database.get(name))
    .find((place) => place.isSet() !== 'no')
  return source && undecided(source, 'what is restored is backed up for as long as what it is restored from')
}
