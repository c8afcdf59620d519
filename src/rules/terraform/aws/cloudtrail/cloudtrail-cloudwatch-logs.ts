import { presenceRule } from '../../../shared/terraform-settings.ts'

export default presenceRule({
  id: 'cloudtrail-cloudwatch-logs',
  title: 'CloudTrail sends its events to CloudWatch Logs',
  severity: 'low',
  severityReason:
    'The events are recorded in any case, but no alarm can look at them; an intruder has hours until somebody reads the bucket.',
  controls: ['AU-6', 'AU-12', 'SI-4'],
  sameAs: ['checkov:CKV2_AWS_10', 'trivy:AWS-0162'],
  resources: ['aws_cloudtrail'],
  path: 'cloud_watch_logs_group_arn',
  message: 'The events of this trail do not reach CloudWatch Logs, so no alarm sees them.',
  remediation:
    'Set `cloud_watch_logs_group_arn` (with `:*` at its end) and `cloud_watch_logs_role_arn`, and put alarms on root logins ' +
    'and changes to IAM and to the trail.',
})
