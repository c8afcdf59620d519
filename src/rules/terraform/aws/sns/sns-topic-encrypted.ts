import { presenceRule } from '../../../shared/terraform-settings.ts'

export default presenceRule({
  id: 'sns-topic-encrypted',
  title: 'SNS topics are encrypted',
  severity: 'medium',
  severityReason:
    'Messages that wait for delivery lie in the storage of SNS in the clear; reading them there takes access that ' +
    'only AWS has, or a flaw, hence not high.',
  controls: ['SC-28', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_26', 'trivy:AWS-0095'],
  resources: ['aws_sns_topic'],
  path: 'kms_master_key_id',
  message: 'Messages of this topic are not encrypted (`kms_master_key_id`).',
  remediation:
    'Name a customer-managed key whose policy lets the publishing services use it: with `alias/aws/sns` CloudWatch ' +
    'and EventBridge can no longer publish, without an error anywhere.',
})
