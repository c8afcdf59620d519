import { presenceRule } from '../../../shared/terraform-settings.ts'

export default presenceRule({
  id: 'cloudtrail-kms-encryption',
  title: 'CloudTrail encrypts its logs with a KMS key',
  severity: 'low',
  severityReason:
    'The logs are encrypted in any case, with a key of S3; without one of your own, read access to the bucket is all that it ' +
    'takes to read who does what.',
  controls: ['AU-9', 'SC-12', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_35', 'trivy:AWS-0015'],
  resources: ['aws_cloudtrail'],
  path: 'kms_key_id',
  message: 'The log files of this trail are not encrypted with a KMS key.',
  remediation:
    'Set `kms_key_id` to the ARN of a key whose policy lets `cloudtrail.amazonaws.com` generate data keys for this trail, and ' +
    'the people who read logs decrypt.',
})
