import { passwordFlagRule } from '../../../../shared/terraform-iam-passwords.ts'

export default passwordFlagRule({
  id: 'iam-password-symbol',
  attribute: 'require_symbols',
  title: 'Passwords of IAM users have a symbol',
  severity: 'low',
  severityReason: 'Passwords are a little easier to guess; length does more, and a second factor most.',
  sameAs: ['checkov:CKV_AWS_14', 'trivy:AWS-0060'],
  problem: 'Passwords need no symbol.',
  remediation: 'Set `require_symbols = true`.',
})
