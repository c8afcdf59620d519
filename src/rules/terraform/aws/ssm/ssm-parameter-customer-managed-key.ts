import { customerKeyRule } from '../../../shared/terraform-kms-keys.ts'
import { withoutKey } from '../../../shared/terraform-ssm-parameters.ts'

export default customerKeyRule({
  id: 'ssm-parameter-customer-managed-key',
  title: 'SSM parameters are encrypted with a key of your own',
  severity: 'low',
  severityReason:
    'With the key of AWS whoever may read parameters reads this one; a key of your own is a second lock whose use ' +
    'you see.',
  controls: ['SC-12', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_337'],
  resources: ['aws_ssm_parameter'],
  path: 'key_id',
  message: 'This parameter is not encrypted with a customer-managed key (`key_id`).',
  remediation: 'Name a customer-managed key in `key_id`.',
  exempt: withoutKey,
})
