import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'cloudwatch-alarm-actions',
  title: 'CloudWatch alarms may act',
  severity: 'low',
  severityReason: 'The alarm goes off and nobody hears it; an attack is noticed later, not made easier.',
  controls: ['SI-4', 'AU-6'],
  sameAs: ['checkov:CKV_AWS_319'],
  resources: ['aws_cloudwatch_metric_alarm'],
  path: 'actions_enabled',
  wanted: true,
  fallback: true,
  message: 'Nobody hears this alarm: `actions_enabled` is false.',
  remediation: 'Set `actions_enabled = true`, or remove the line: true is the default.',
  fix: {
    fixer: 'cloudwatch',
    rank: 'C',
    title: 'Let the alarm act',
    minutes: 5,
    reason: 'somebody may have silenced it on purpose, and its actions may page people or scale machines',
    value: true,
  },
})
