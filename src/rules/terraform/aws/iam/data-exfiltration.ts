import { oneOf, reportActions } from '../../../shared/terraform-iam-concerns.ts'
import type { PolicyConcern } from '../../../shared/terraform-iam-rules.ts'

/** Actions that carry stored data or secrets away in bulk. */
export const BULK_ACTIONS = [
  'dynamodb:ExportTableToPointInTime',
  'rds:CopyDBSnapshot',
  'rds:CreateDBSnapshot',
  'rds:StartExportTask',
  's3:GetObject',
  's3:GetObjectVersion',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
]

const BULK = oneOf(BULK_ACTIONS)

/** The data or secrets of the whole account. */
export const dataExfiltration: PolicyConcern<'bulkRead'> = {
  severity: 'high',
  severityReason:
    'One stolen identity copies every object, secret or snapshot of the account, and secrets open further doors; it takes ' +
    'that identity first.',
  controls: ['AC-3', 'AC-4', 'AC-6'],
  messages: { bulkRead: '{actions} reads the data or secrets of the whole account.' },
  remediation: 'Name the buckets, secrets, parameters or databases, or limit by tag (aws:ResourceTag).',
  *judge(policy) {
    yield* reportActions(policy, { reach: 'service', wanted: BULK, message: 'bulkRead' })
  },
}
