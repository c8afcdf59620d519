import { settingRule } from '../../../shared/terraform-settings.ts'
import { notSecret } from '../../../shared/terraform-ssm-parameters.ts'

export default settingRule({
  id: 'ssm-parameter-encrypted',
  title: 'SSM parameters are encrypted',
  severity: 'low',
  severityReason:
    'Whoever may read parameters sees the value in the clear, also in lists and in the history; many parameters hold ' +
    'nothing secret, hence not medium.',
  confidence: 'medium',
  controls: ['SC-28', 'IA-5'],
  sameAs: ['checkov:CKV2_AWS_34'],
  resources: ['aws_ssm_parameter'],
  path: 'type',
  read: (at) => at.string(),
  holds: (value) => value === 'SecureString',
  bad: ['String', 'StringList'],
  message: 'This parameter is stored in the clear (`type` is {value}).',
  remediation:
    'Set `type = "SecureString"`; readers ask with decryption then, and need kms:Decrypt. State with ' +
    '`insecure_value` that a parameter is no secret.',
  exempt: notSecret,
  fix: {
    fixer: 'secrets-management',
    rank: 'C',
    title: 'Encrypt the parameter',
    minutes: 15,
    reason: 'readers that do not ask for decryption get ciphertext',
    value: 'SecureString',
  },
})
