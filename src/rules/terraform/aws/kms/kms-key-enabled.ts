import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'kms-key-enabled',
  title: 'KMS keys are enabled',
  severity: 'low',
  severityReason:
    'What is encrypted with the key cannot be read until it is enabled again: an outage, and no gain for an attacker.',
  controls: ['SC-12', 'CP-10'],
  sameAs: ['checkov:CKV_AWS_227'],
  resources: ['aws_kms_key'],
  path: 'is_enabled',
  wanted: true,
  fallback: true,
  message: 'Nothing can be read that is encrypted with this key: it is disabled.',
  remediation: 'Set `is_enabled = true`, or, if nothing is encrypted with it any more, let the key go.',
  fix: {
    fixer: 'kms',
    rank: 'C',
    title: 'Enable the key',
    minutes: 10,
    reason: 'somebody may have disabled it on purpose, to close off what it encrypts',
    value: true,
  },
})
