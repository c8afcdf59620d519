import { defineRule, undecided } from '../../../rule.ts'
import { decide } from '../../../../resources/place.ts'
import { requireCustomerKey } from '../../../shared/terraform-kms-keys.ts'

export default defineRule<'off' | 'missing'>({
  id: 'dynamodb-customer-managed-key',
  title: 'DynamoDB tables are encrypted with a key of your own',
  severity: 'low',
  severityReason:
    'The table is encrypted all the same; what is missing is a key whose policy you write, whose use you see and can ' +
    'deny.',
  controls: ['SC-12', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_119', 'trivy:AWS-0025'],
  kind: 'terraform',
  resources: ['aws_dynamodb_table'],
  messages: {
    off: 'This table is encrypted with the key of DynamoDB: `server_side_encryption` is not enabled.',
    missing: 'This table is encrypted with a key that AWS manages (`kms_key_arn`).',
  },
  remediation:
    'Add `server_side_encryption` with `enabled = true` and the ARN of a customer-managed key. Readers and writers ' +
    'then need the right to use it.',
  *check(table, { estate }) {
    const blocks = table.get('server_side_encryption')
    const [block = blocks] = blocks.items()
    const at = block.get('enabled')
    const enabled = decide(at.bool(), (value) => value === true)
    if (enabled === 'unknown' || blocks.mayHaveMore() || !block.certain) yield undecided(at)
    else if (enabled === 'no') yield { at, message: 'off' }
    else yield* requireCustomerKey(block.get('kms_key_arn'), estate, 'missing')
  },
})
