import { notApplicable, undecided } from '../../../rule.ts'
import { isThere } from '../../../shared/terraform-settings.ts'
import { customerKeyRule } from '../../../shared/terraform-kms-keys.ts'

export default customerKeyRule({
  id: 'lambda-environment-key',
  title: 'Environments of Lambda functions are encrypted with a key of your own',
  severity: 'low',
  severityReason:
    'The environment is encrypted all the same; without a key of your own whoever may look at the function sees it ' +
    'in the clear.',
  controls: ['SC-12', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_173'],
  resources: ['aws_lambda_function'],
  path: 'kms_key_arn',
  message: 'The environment of this function is not encrypted with a customer-managed key (`kms_key_arn`).',
  remediation: 'Name a customer-managed key in `kms_key_arn`; the role of the function needs kms:Decrypt on it.',
  exempt: (lambda) => {
    const variables = lambda.get('environment', 'variables')
    const there =
      variables.value?.kind === 'map' && variables.keys().length === 0 && !variables.mayHaveMore()
        ? 'no'
        : isThere(variables)
    if (there === 'yes') return undefined
    return there === 'no' ? notApplicable('it has no environment variables') : undecided(variables)
  },
})
