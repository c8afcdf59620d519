import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'ebs-default-encryption',
  title: 'EBS encryption by default is not switched off',
  severity: 'medium',
  severityReason:
    'Each new volume of the region, also those that other tools make, is unencrypted unless somebody thinks of it; ' +
    'reading one takes access to the account.',
  controls: ['SC-28', 'CM-6'],
  sameAs: ['checkov:CKV_AWS_106'],
  resources: ['aws_ebs_encryption_by_default'],
  path: 'enabled',
  wanted: true,
  fallback: true,
  message: 'New volumes of this region are not encrypted by default (`enabled = false`).',
  remediation: 'Set `enabled = true`, or remove the line: true is the default.',
  fix: {
    fixer: 'ebs',
    rank: 'D',
    title: 'Encrypt new volumes by default (existing ones stay as they are)',
    minutes: 2,
    value: true,
  },
})
