import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'dynamodb-point-in-time-recovery',
  title: 'DynamoDB tables can be restored to any moment',
  severity: 'medium',
  severityReason:
    'A faulty program or an attacker who deletes items ends the data for good; nobody reads anything by it.',
  controls: ['CP-9', 'CP-10'],
  sameAs: ['checkov:CKV_AWS_28', 'trivy:AWS-0024'],
  resources: ['aws_dynamodb_table'],
  path: 'point_in_time_recovery.enabled',
  wanted: true,
  message: 'This table cannot be restored to an earlier moment: point-in-time recovery is off.',
  remediation: 'Add `point_in_time_recovery { enabled = true }`.',
  fix: {
    fixer: 'dynamodb',
    rank: 'D',
    title: 'Switch point-in-time recovery on (it is charged by the size of the table)',
    minutes: 2,
    value: true,
  },
})
