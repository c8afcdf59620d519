import { decide } from '../../../../resources/place.ts'
import { notApplicable, undecided } from '../../../rule.ts'
import { type Exemption, flagRule } from '../../../shared/terraform-settings.ts'

/** KMS rotates symmetric keys of its own only. */
const cannotRotate: Exemption = (key) => {
  if (key.get('custom_key_store_id').isSet() === 'yes') return notApplicable('keys of a custom key store do not rotate')
  for (const [name, rotating] of [
    ['customer_master_key_spec', 'SYMMETRIC_DEFAULT'],
    ['key_usage', 'ENCRYPT_DECRYPT'],
  ] as const) {
    const at = key.get(name)
    const rotates = decide(at.string(), (value) => value === undefined || value === rotating)
    if (rotates === 'no') return notApplicable('only symmetric keys for encryption rotate')
    if (rotates === 'unknown') return undecided(at)
  }
  return undefined
}

export default flagRule({
  id: 'kms-key-rotation',
  title: 'KMS keys rotate',
  severity: 'medium',
  severityReason:
    'All data ever encrypted hangs on one piece of key material; it never leaves KMS, so an attacker gains nothing ' +
    'by this alone.',
  controls: ['SC-12'],
  sameAs: ['checkov:CKV_AWS_7', 'trivy:AWS-0065'],
  resources: ['aws_kms_key'],
  path: 'enable_key_rotation',
  wanted: true,
  message: 'The material of this key never changes (`enable_key_rotation`).',
  remediation: 'Set `enable_key_rotation = true`; KMS keeps the old material, so nothing has to be encrypted again.',
  exempt: cannotRotate,
  fix: { fixer: 'kms', rank: 'E', title: 'Rotate the key every year', minutes: 1, value: true },
})
