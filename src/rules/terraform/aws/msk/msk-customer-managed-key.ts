import { presenceRule } from '../../../shared/terraform-settings.ts'

export default presenceRule({
  id: 'msk-customer-managed-key',
  title: 'MSK clusters are encrypted with a key of their own',
  severity: 'low',
  severityReason:
    'The disks are encrypted in any case, with a key of AWS; without one of your own nobody can take access away or see in ' +
    'CloudTrail who used it.',
  controls: ['SC-12', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_81', 'trivy:AWS-0179'],
  resources: ['aws_msk_cluster'],
  path: 'encryption_info.encryption_at_rest_kms_key_arn',
  message: 'This cluster is encrypted with the key that AWS holds for everyone.',
  remediation: 'Set `encryption_at_rest_kms_key_arn` to a KMS key with rotation when the cluster is made.',
})
