import { asString } from '../../../../resources/place.ts'
import { defineRule, undecided } from '../../../rule.ts'

const EVERYBODY = 'all'

export default defineRule({
  id: 'rds-snapshot-not-public',
  title: 'Database snapshots are not shared with everybody',
  severity: 'critical',
  severityReason:
    'Anybody with an AWS account restores the snapshot and has the whole database; public snapshots are listed by ' +
    'AWS and collected by attackers around the clock.',
  controls: ['AC-3', 'AC-6'],
  sameAs: ['checkov:CKV_AWS_302'],
  kind: 'terraform',
  resources: ['aws_db_snapshot', 'aws_db_snapshot_copy', 'aws_db_cluster_snapshot'],
  messages: { public: 'Any AWS account may restore this snapshot (`shared_accounts` holds "all").' },
  remediation:
    'Take "all" out of `shared_accounts` and name the accounts that need the snapshot. Treat what was in it as leaked.',
  *check(snapshot) {
    const accounts = snapshot.get('shared_accounts')
    if (accounts.absent) return
    const items = accounts.value?.kind === 'list' ? accounts.items() : [accounts]
    const open = items.find(({ value }) => value !== undefined && asString(value) === EVERYBODY)
    if (open !== undefined) yield { at: open, message: 'public' }
    else if (accounts.strings().kind === 'unknown') yield undecided(accounts)
  },
})
