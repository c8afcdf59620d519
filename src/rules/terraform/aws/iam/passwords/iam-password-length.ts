import { passwordNumberRule } from '../../../../shared/terraform-iam-passwords.ts'

export default passwordNumberRule({
  id: 'iam-password-length',
  attribute: 'minimum_password_length',
  title: 'Passwords of IAM users have 14 characters at least',
  severity: 'medium',
  severityReason:
    'Short passwords are guessed and cracked, and a console user without a second factor is then taken over; it takes such a ' +
    'user, and patience.',
  sameAs: ['checkov:CKV_AWS_10', 'trivy:AWS-0063'],
  wanted: 14,
  bad: [13, 6],
  // AWS takes 6 characters if nothing else is said.
  holds: (length) => (length ?? 6) >= 14,
  problem: 'The shortest password allowed is too short ({value}): 14 characters are wanted.',
  remediation: 'Set `minimum_password_length = 14` or more.',
})
