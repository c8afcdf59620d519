import { defineRule } from '../../../rule.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'
import { hiddenModuleWith } from '../../../shared/terraform-hidden-modules.ts'
import { isThere } from '../../../shared/terraform-settings.ts'

export default defineRule({
  id: 'secretsmanager-rotation',
  title: 'Secrets are rotated by themselves',
  severity: 'medium',
  severityReason:
    'A secret that leaked keeps working until somebody changes it, which is mostly never; it takes the leak first, ' +
    'hence not high.',
  controls: ['IA-5', 'SC-12'],
  sameAs: ['checkov:CKV2_AWS_57'],
  kind: 'terraform',
  resources: ['aws_secretsmanager_secret'],
  messages: { never: 'Nothing rotates this secret.' },
  remediation:
    'Add an `aws_secretsmanager_secret_rotation` with a rotation function, or let the service manage the secret ' +
    '(`manage_master_user_password` for databases).',
  *check(secret, { companions, estate }) {
    const found = companions('aws_secretsmanager_secret_rotation', 'secret_id', ['arn', 'id', 'name'])
    // Before version 5 of the provider, in the secret itself.
    const inline = secret.get('rotation_lambda_arn')
    const own = isThere(inline)
    const hidden = hiddenModuleWith(secret.resource, estate)
    yield* requireSetting(
      {
        certain: [...found.certain, ...(own === 'yes' ? [inline] : [])],
        possible: [
          ...found.possible,
          ...(own === 'unknown' ? [inline] : []),
          ...(hidden === undefined ? [] : [hidden]),
        ],
      },
      // That there is one is what is asked here.
      () => [],
      { at: secret, message: 'never' },
    )
  },
})
