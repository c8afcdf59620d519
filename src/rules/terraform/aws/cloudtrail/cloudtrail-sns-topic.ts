import { presenceRule } from '../../../shared/terraform-settings.ts'

export default presenceRule({
  id: 'cloudtrail-sns-topic',
  title: 'CloudTrail announces its log files',
  severity: 'info',
  severityReason:
    'The logs are written in any case; what is missing is that somebody is told at once. Alarms on CloudWatch Logs or ' +
    'EventBridge do that better.',
  controls: ['AU-6', 'SI-4'],
  sameAs: ['checkov:CKV_AWS_252'],
  resources: ['aws_cloudtrail'],
  path: 'sns_topic_name',
  message: 'Nobody is told when this trail delivers a log file.',
  remediation: 'Set `sns_topic_name` to a topic that a log collector listens to.',
})
