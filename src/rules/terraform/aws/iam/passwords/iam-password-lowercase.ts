import { passwordFlagRule } from '../../../../shared/terraform-iam-passwords.ts'

export default passwordFlagRule({
  id: 'iam-password-lowercase',
  attribute: 'require_lowercase_characters',
  title: 'Passwords of IAM users have a lower-case letter',
  severity: 'low',
  severityReason: 'Passwords are a little easier to guess; length does more, and a second factor most.',
  sameAs: ['checkov:CKV_AWS_11', 'trivy:AWS-0058'],
  problem: 'Passwords need no lower-case letter.',
  remediation: 'Set `require_lowercase_characters = true`.',
})
