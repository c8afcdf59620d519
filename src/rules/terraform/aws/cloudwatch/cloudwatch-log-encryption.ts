import { customerKeyRule } from '../../../shared/terraform-kms-keys.ts'

export default customerKeyRule({
  id: 'cloudwatch-log-encryption',
  title: 'CloudWatch log groups are encrypted with a key of your own',
  severity: 'low',
  severityReason:
    'Logs are encrypted all the same; what is missing is a key whose policy you write, so that reading logs takes ' +
    'more than the right to CloudWatch.',
  controls: ['SC-12', 'SC-28', 'AU-9'],
  sameAs: ['checkov:CKV_AWS_158', 'trivy:AWS-0017'],
  resources: ['aws_cloudwatch_log_group'],
  path: 'kms_key_id',
  message: 'These logs are not encrypted with a customer-managed key (`kms_key_id`).',
  remediation:
    'Name a key in `kms_key_id` whose policy lets `logs.<region>.amazonaws.com` use it for this log group. It holds ' +
    'for new events.',
})
