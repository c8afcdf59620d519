import { defineRule, pass, undecided } from '../../../rule.ts'
import { refuses } from '../../../shared/terraform-validation.ts'
import { periodFor, stateRetention, unlessFixedRetention, wantedDays } from './log-retention.ts'

export default defineRule({
  id: 'cloudwatch-log-retention-set',
  title: 'CloudWatch log groups state how long they are kept',
  severity: 'low',
  severityReason:
    'Nothing is lost and nothing becomes reachable: the logs grow, with whatever personal data is in them, until somebody ' +
    'deletes them to save money.',
  controls: ['AU-11', 'SI-12'],
  sameAs: ['checkov:CKV_AWS_66'],
  kind: 'terraform',
  resources: ['aws_cloudwatch_log_group'],
  messages: {
    unstated: 'This log group sets no `retention_in_days`, so that nobody decided how long its logs are kept.',
  },
  remediation:
    'Set `retention_in_days`, to 365 or more if the logs may be needed after a break-in; `0` states that they are kept for ever.',
  *check(group, { estate, params }) {
    const exempt = unlessFixedRetention(group)
    if (exempt !== undefined) {
      yield exempt
      return
    }
    const at = group.get('retention_in_days')
    const stated = at.isSet()
    if (stated === 'no') {
      const wanted = wantedDays(params)
      yield { at, message: 'unstated', data: { wanted }, fix: stateRetention(estate, at, periodFor(wanted)) }
    } else if (stated === 'unknown' && !refuses(at, null)) yield undecided(at)
    else yield pass('a period is stated, whichever it is')
  },
})
