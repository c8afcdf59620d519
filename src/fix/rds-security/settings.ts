import { attributeOf, type EditRefusal, notEditable, setOwnAttribute } from '../../edit/hcl/index.ts'
import { asString, Place } from '../../resources/place.ts'
import type { Complaint, FixValues } from '../fixer.ts'
import { setSwitch } from '../shared/callers.ts'
import type { Judgement, Remedy, Session } from './session.ts'

/** A setting with one right value. */
export function setting(judgement: Judgement, wanted: string | boolean): Remedy {
  return { judge: () => judgement, apply: (session, { at }) => setSwitch(session, at, wanted) }
}

/** Days of backups that the project's documents ask for, and the most that RDS keeps. */
const WANTED_DAYS = 90
const MOST_DAYS = 35
const LEAST_DAYS = 7

/** As many days as the project wants, within what the service keeps; never fewer than the rule asks for. */
function backupDays({ data }: Complaint, { retentionDays }: FixValues): number {
  const asked = typeof data['wanted'] === 'number' ? data['wanted'] : LEAST_DAYS
  return Math.max(asked, LEAST_DAYS, Math.min(MOST_DAYS, retentionDays ?? WANTED_DAYS))
}

export const backups: Remedy = {
  judge: (complaint, { values }) => {
    const days = backupDays(complaint, values)
    return {
      rank: 'D',
      title: `Keep backups for ${days} days`,
      minutes: 5,
      reason:
        complaint.key === 'none'
          ? 'The first backup interrupts a database in one zone for some seconds. Backups up to the size of the database are free.'
          : 'Backups beyond the size of the database cost about $0.095 per GB and month.',
    }
  },
  apply: ({ edits, estate, values }, complaint) => {
    const { at } = complaint
    const days = backupDays(complaint, values)
    return setNumber({ edits, estate }, at, days)
  },
}

/** Sets a number where it is written, or where the rule's own attribute says something computed. */
export function setNumber(
  { edits, estate }: Pick<Session, 'edits' | 'estate'>,
  at: Place,
  value: number,
): EditRefusal | undefined {
  const origin = at.value?.origin
  const unable = notEditable(at)
  if (unable !== undefined) return unable
  if (origin?.language === 'hcl' && origin.node.kind === 'literal' && estate.isOwn(origin.document.path)) {
    edits.replace(origin.document, origin.node.span, String(value))
    return undefined
  }
  return setOwnAttribute(edits, estate, at, value)
}

const EVERYBODY = 'all'

/** Takes "all" out of the accounts that may restore a snapshot. */
export const unshare: Remedy = {
  judge: () => ({
    rank: 'C',
    title: 'Share the snapshot with named accounts only',
    minutes: 15,
    reason: 'Accounts that use the snapshot without being named lose it, and the code cannot show which do.',
    steps: [
      'Treat what is in the snapshot as leaked: everybody with an AWS account could restore it. Change the passwords that it holds.',
      'Name the accounts that need it in `shared_accounts`.',
      'Approve and apply, then look: `aws rds describe-db-snapshot-attributes --db-snapshot-identifier NAME`.',
    ],
  }),
  apply: ({ edits, estate }, { at }) => {
    const accounts = Place.of(at.resource).get('shared_accounts')
    const items = accounts.value?.kind === 'list' ? accounts.items() : [accounts]
    const texts = items.map(({ value }) => (value === undefined ? undefined : asString(value)))
    const origin = accounts.value?.origin
    const own = attributeOf(accounts)
    const literal = own?.expression.kind === 'tuple' && origin?.language === 'hcl' && origin.node === own.expression
    if (!literal || texts.includes(undefined)) return { refused: 'the list of accounts is not written out here' }
    const kept = texts.filter((text) => text !== undefined && text !== EVERYBODY)
    return setOwnAttribute(
      edits,
      estate,
      accounts,
      kept.filter((text) => text !== undefined),
    )
  },
}
