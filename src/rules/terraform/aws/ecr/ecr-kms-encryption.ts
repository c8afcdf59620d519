import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'ecr-kms-encryption',
  title: 'Images are encrypted with a KMS key',
  severity: 'low',
  severityReason:
    'Images are encrypted all the same, with a key of S3 whose use nobody sees; what is missing is a lock of your own.',
  controls: ['SC-12', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_136', 'trivy:AWS-0033'],
  resources: ['aws_ecr_repository'],
  path: 'encryption_configuration.encryption_type',
  read: (at) => at.string(),
  holds: (value) => value === 'KMS' || value === 'KMS_DSSE',
  bad: ['AES256', null],
  message: 'Images of this repository are not encrypted with a KMS key (`encryption_type`).',
  remediation:
    'Add `encryption_configuration` with `encryption_type = "KMS"` and a key when the repository is made; to change ' +
    'it, make a new one and copy the images.',
  fix: {
    fixer: 'ecr',
    rank: 'B',
    title: 'Encrypt the repository with KMS',
    minutes: 60,
    reason: 'Terraform replaces the repository, which fails while it holds images',
    value: 'KMS',
  },
})
