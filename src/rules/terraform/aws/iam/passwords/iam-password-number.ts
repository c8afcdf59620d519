import { passwordFlagRule } from '../../../../shared/terraform-iam-passwords.ts'

export default passwordFlagRule({
  id: 'iam-password-number',
  attribute: 'require_numbers',
  title: 'Passwords of IAM users have a digit',
  severity: 'low',
  severityReason: 'Passwords are a little easier to guess; length does more, and a second factor most.',
  sameAs: ['checkov:CKV_AWS_12', 'trivy:AWS-0059'],
  problem: 'Passwords need no digit.',
  remediation: 'Set `require_numbers = true`.',
})
