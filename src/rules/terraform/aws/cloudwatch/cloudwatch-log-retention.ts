import { decide } from '../../../../resources/place.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'
import { setFix } from '../../../shared/terraform-fixes.ts'
import { refuses } from '../../../shared/terraform-validation.ts'
import { periodFor, stateRetention, unlessFixedRetention, wantedDays } from './log-retention.ts'

export default defineRule({
  id: 'cloudwatch-log-retention',
  title: 'CloudWatch logs are kept for a stated period of a year or longer',
  severity: 'medium',
  severityReason:
    'Break-ins are often noticed after months, and by then the log that would explain them is gone; nothing becomes ' +
    'reachable.',
  controls: ['AU-11', 'SI-12'],
  sameAs: ['checkov:CKV_AWS_338'],
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
    const exempt = unlessFixedRetention(group)
    if (exempt !== undefined) {
      yield exempt
      return
    }
    const at = group.get('retention_in_days')
    const wanted = wantedDays(params)
    const value = periodFor(wanted)
    const stated = at.isSet()
    const reading = at.number()
    const short = decide(reading, (days) => days !== undefined && days > 0 && days < wanted)
    if (stated === 'no') {
      yield { at, message: 'unstated', data: { wanted }, severity: 'low', fix: stateRetention(estate, at, value) }
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
