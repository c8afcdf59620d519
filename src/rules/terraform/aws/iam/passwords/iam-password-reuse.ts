import { passwordNumberRule } from '../../../../shared/terraform-iam-passwords.ts'

export default passwordNumberRule({
  id: 'iam-password-reuse',
  attribute: 'password_reuse_prevention',
  title: 'IAM users do not take one of their last 24 passwords again',
  severity: 'low',
  severityReason:
    'A password that leaked once comes back into use; it takes that leak first. PCI DSS asks for 4 at least.',
  sameAs: ['checkov:CKV_AWS_13', 'trivy:AWS-0056'],
  wanted: 24,
  bad: [23, 0],
  holds: (count) => count !== undefined && count >= 24,
  problem: 'Old passwords can be used again too soon (password_reuse_prevention: {value}): 24 are wanted.',
  remediation: 'Set `password_reuse_prevention = 24`, the most that AWS takes.',
})
