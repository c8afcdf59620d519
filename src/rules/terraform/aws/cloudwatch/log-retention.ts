import type { Estate } from '../../../../resources/estate.ts'
import { decide, type Place } from '../../../../resources/place.ts'
import { type LocalFix, notApplicable, type NotApplicable } from '../../../rule.ts'
import { setFix } from '../../../shared/terraform-fixes.ts'

/** What `retention_in_days` may be, besides 0 for ever. */
const PERIODS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]
const YEAR = 365

/** How many days logs are to be kept: `params.days`, or a year. */
export function wantedDays(params: Readonly<Record<string, unknown>>): number {
  return typeof params['days'] === 'number' && params['days'] > 0 ? params['days'] : YEAR
}

/** The shortest period on offer that is long enough; 0, for ever, if none is. */
export function periodFor(days: number): number {
  return PERIODS.find((period) => period >= days) ?? 0
}

export function unlessFixedRetention(group: Place): NotApplicable | undefined {
  const delivery = decide(group.get('log_group_class').string(), (name) => name === 'DELIVERY')
  return delivery === 'yes' ? notApplicable('a log group of class DELIVERY has a fixed retention') : undefined
}

/** States the period of a group that has none. Two rules ask for it, so that one edit cures both. */
export function stateRetention(estate: Estate, at: Place, value: number): LocalFix {
  return setFix(estate, at, {
    fixer: 'cloudwatch',
    rank: 'C',
    title: `Keep the logs for ${value} days`,
    minutes: 10,
    reason: `events older than ${value} days, which are kept so far, would be deleted; use 0 to keep them for ever`,
    value,
  })
}
