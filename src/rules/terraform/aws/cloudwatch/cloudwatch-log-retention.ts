import { decide } from '../../../../resources/place.ts'
import { defineRule, notApplicable, pass, undecided } from '../../../rule.ts'
import { setFix } from '../../../shared/terraform-fixes.ts'
import { refuses } from '../../../shared/terraform-validation.ts'

/** What `retention_in_days` may be, besides 0 for ever. */
const PERIODS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]
const YEAR = 365

export default defineRule({
  id: 'cloudwatch-log-retention',
  title: 'CloudWatch logs are kept for a year or longer, and the period is stated',
  severity: 'medium',
  severityReason:
    'Break-ins are often noticed after months, and by then the log that would explain them is gone; nothing becomes ' +
    'reachable.',
  controls: ['AU-11', 'SI-12'],
  sameAs: ['checkov:CKV_AWS_338', 'checkov:CKV_AWS_66'],
  kind: 'terraform',
  resources: ['aws_cloudwatch_log_group'],
  messages: {
    short: 'These logs are deleted after {days} days; {wanted} are wanted.',
    unstated: 'No retention is stated: these logs are kept, and paid for, until somebody thinks of them.',
  },
  remediation:
    'Set `retention_in_days` to 365 or more (`params.days` of this rule sets another bound); `0` states that they are kept ' +
    'for ever.',
  *check(group, { estate, params }) {
    const at = group.get('retention_in_days')
    if (decide(group.get('log_group_class').string(), (name) => name === 'DELIVERY') === 'yes') {
      yield notApplicable('a log group of class DELIVERY has a fixed retention')
      return
    }
    const wanted = typeof params['days'] === 'number' && params['days'] > 0 ? params['days'] : YEAR
    const value = PERIODS.find((period) => period >= wanted) ?? 0
    const stated = at.isSet()
    const reading = at.number()
    const short = decide(reading, (days) => days !== undefined && days > 0 && days < wanted)
    if (stated === 'no') {
      yield {
        at,
        message: 'unstated',
        severity: 'low',
        fix: setFix(estate, at, {
          fixer: 'cloudwatch',
          rank: 'C',
          title: `Keep the logs for ${value} days`,
          minutes: 10,
          reason: `events older than ${value} days, which are kept so far, would be deleted; use 0 to keep them for ever`,
          value,
        }),
      }
    } else if (short === 'yes') {
      const days = reading.kind === 'known' ? reading.value : 'too few'
      yield {
        at,
        message: 'short',
        data: { days, wanted },
        fix: setFix(estate, at, {
          fixer: 'cloudwatch',
          rank: 'E',
          title: `Keep the logs for ${value} days`,
          minutes: 1,
          value,
        }),
      }
    } else if ((short === 'unknown' || stated === 'unknown') && !refuses(at, 1, 30, 180, wanted - 1, null))
      yield undecided(at)
    else yield pass('every value that it can have is long enough')
  },
})
