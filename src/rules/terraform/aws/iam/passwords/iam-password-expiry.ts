import { passwordNumberRule } from '../../../../shared/terraform-iam-passwords.ts'

export default passwordNumberRule({
  id: 'iam-password-expiry',
  attribute: 'max_password_age',
  title: 'Passwords of IAM users expire within 90 days',
  severity: 'low',
  severityReason:
    'A password that leaked unnoticed works for ever. NIST SP 800-63B no longer asks for expiry; PCI DSS does where a password ' +
    'is the only factor.',
  sameAs: ['checkov:CKV_AWS_9', 'trivy:AWS-0062'],
  wanted: 90,
  bad: [0, 91],
  // Zero, like nothing, means never.
  holds: (days) => days !== undefined && days >= 1 && days <= 90,
  problem: 'Passwords last longer than 90 days, or for ever (max_password_age: {value}).',
  remediation: 'Set `max_password_age = 90` or less.',
})
