import { attributeOf, HclEdits, notEditable, setOwnAttribute } from '../../../../edit/hcl/index.ts'
import type { Estate } from '../../../../resources/estate.ts'
import { asString, type Place } from '../../../../resources/place.ts'
import { defineRule, type LocalFix, undecided } from '../../../rule.ts'

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
  *check(snapshot, { estate }) {
    const accounts = snapshot.get('shared_accounts')
    if (accounts.absent) return
    const items = accounts.value?.kind === 'list' ? accounts.items() : [accounts]
    const open = items.find(({ value }) => value !== undefined && asString(value) === EVERYBODY)
    if (open !== undefined) yield { at: open, message: 'public', fix: unshare(accounts, items, estate) }
    else if (accounts.strings().kind === 'unknown') yield undecided(accounts)
  },
})

function unshare(accounts: Place, items: readonly Place[], estate: Estate): LocalFix {
  const edits = new HclEdits()
  const kept = items.flatMap(({ value }) => (value === undefined ? [] : (asString(value) ?? [])))
  const written = attributeOf(accounts)?.expression
  const origin = accounts.value?.origin
  const literal = written?.kind === 'tuple' && origin?.language === 'hcl' && origin.node === written
  const refusal =
    notEditable(accounts) ??
    (literal && kept.length === items.length
      ? setOwnAttribute(
          edits,
          estate,
          accounts,
          kept.filter((account) => account !== EVERYBODY),
        )
      : { refused: 'the list of accounts is not written out here' })
  return {
    fixer: 'rds-security',
    rank: 'C',
    title: 'Share the snapshot with named accounts only',
    minutes: 15,
    reason: 'accounts that use the snapshot without being named lose it',
    edits: refusal ?? edits.finish(),
  }
}
