import { passwordFlagRule } from '../../../../shared/terraform-iam-passwords.ts'

export default passwordFlagRule({
  id: 'iam-password-uppercase',
  attribute: 'require_uppercase_characters',
  title: 'Passwords of IAM users have an upper-case letter',
  severity: 'low',
  severityReason: 'Passwords are a little easier to guess; length does more, and a second factor most.',
  sameAs: ['checkov:CKV_AWS_15', 'trivy:AWS-0061'],
  problem: 'Passwords need no upper-case letter.',
  remediation: 'Set `require_uppercase_characters = true`.',
})
