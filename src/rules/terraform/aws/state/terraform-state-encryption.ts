import { defineRule } from '../../../rule.ts'
import { partialBackend } from '../../../shared/terraform-backends.ts'
import { setFix, withFix } from '../../../shared/terraform-fixes.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'terraform-state-encryption',
  title: 'Terraform state is stored encrypted',
  severity: 'medium',
  severityReason:
    'The state holds passwords and keys in the clear. S3 encrypts new objects by itself since 2023, so the setting matters ' +
    'for older buckets, for compatible stores and for a key of your own; hence not high.',
  controls: ['SC-28', 'SC-13'],
  sameAs: [],
  kind: 'terraform',
  resources: ['terraform.backend.s3'],
  messages: { off: 'The backend does not ask for the state to be encrypted (`encrypt`).' },
  remediation: 'Set `encrypt = true`, and `kms_key_id` where readers of the state are to be limited by a key.',
  *check(backend, { estate }) {
    const at = backend.get('encrypt')
    const partial = at.absent ? partialBackend(backend) : undefined
    if (partial !== undefined) yield partial
    else {
      yield* withFix(requireFlag({ at, wanted: true, fallback: false, message: 'off' }), () =>
        setFix(estate, at, {
          fixer: 'terraform-state',
          rank: 'D',
          title: 'Ask for the state to be encrypted (run `terraform init -reconfigure` afterwards)',
          minutes: 5,
          value: true,
        }),
      )
    }
  },
})
