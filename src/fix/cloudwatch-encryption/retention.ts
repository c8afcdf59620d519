import { type EditRefusal, isWrittenLiteral, setPlace } from '../../edit/hcl/index.ts'
import type { Complaint, FixContext } from '../fixer.ts'
import type { FixSession } from '../shared/session.ts'

/** What `retention_in_days` may be, besides 0 for ever. */
const PERIODS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]
const YEAR = 365

/** The shortest period on offer that is long enough; 0, for ever, if none is. */
export function periodFor(days: number): number {
  return PERIODS.find((period) => period >= days) ?? 0
}

/** How many days a rule wants: it says so in its data, since parameters of the rule set it. */
export function wantedDays(complaint?: Complaint): number {
  const wanted = complaint?.data['wanted']
  return typeof wanted === 'number' ? wanted : YEAR
}

/** The period that a log group gets: what the rule wants, or longer where `values.retentionDays` says so. */
export function periodOf(complaint: Complaint, { values }: Pick<FixContext, 'values'>): number {
  return periodFor(Math.max(wantedDays(complaint), values.retentionDays ?? 0))
}

export function setRetention(session: FixSession, complaint: Complaint): EditRefusal | undefined {
  const { at } = complaint
  return setPlace(session.edits, session.estate, at, periodOf(complaint, session), { orReplace: true })
}

/** True if a condition or the like decides the period, so that somebody may mean it. */
export function isDecidedElsewhere({ estate }: FixContext, { at }: Complaint): boolean {
  return !at.absent && !isWrittenLiteral(estate, at) && at.value?.origin?.language === 'hcl'
}
