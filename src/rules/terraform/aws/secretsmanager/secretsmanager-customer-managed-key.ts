import { customerKeyRule } from '../../../shared/terraform-kms-keys.ts'

export default customerKeyRule({
  id: 'secretsmanager-customer-managed-key',
  title: 'Secrets are encrypted with a key of your own',
  severity: 'low',
  severityReason:
    'Secrets are encrypted all the same; what is missing is a second lock besides the right to read the secret, and ' +
    'the possibility to share it with another account safely.',
  controls: ['SC-12', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_149', 'trivy:AWS-0098'],
  resources: ['aws_secretsmanager_secret'],
  path: 'kms_key_id',
  message: 'This secret is encrypted with a key that AWS manages (`kms_key_id`).',
  remediation: 'Name a customer-managed key in `kms_key_id`; whoever reads the secret then needs kms:Decrypt on it.',
})
