import { defineRule } from '../../../rule.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'
import { hiddenCompanion } from '../../../shared/terraform-hidden-modules.ts'
import { isThere } from '../../../shared/terraform-settings.ts'

/** Modules get keys to encrypt with them; only one that is about keys gives them a policy. */
const KEY_MODULE = /kms|key/i

export default defineRule({
  id: 'kms-key-policy',
  title: 'KMS keys have a policy of their own',
  severity: 'low',
  severityReason:
    'The default policy leaves it to IAM who uses the key, so one star too many in some role decrypts everything; it ' +
    'takes such a role.',
  controls: ['AC-3', 'AC-6', 'SC-12'],
  sameAs: ['checkov:CKV2_AWS_64'],
  kind: 'terraform',
  resources: ['aws_kms_key'],
  messages: { none: 'This key has the default policy: any identity with rights to KMS in the account may use it.' },
  remediation:
    'Write a policy that names who administers the key and who uses it, in `policy` or in an `aws_kms_key_policy`. ' +
    'Keep the account root in it, or the key can be lost.',
  *check(key, { companions, estate }) {
    const policy = key.get('policy')
    const own = policy.unknown?.encodes === undefined ? isThere(policy) : 'yes'
    const found = companions('aws_kms_key_policy', 'key_id', ['key_id', 'id', 'arn'])
    const { likely } = hiddenCompanion(key.resource, estate, KEY_MODULE)
    yield* requireSetting(
      {
        certain: [...found.certain, ...(own === 'yes' ? [policy] : [])],
        possible: [...found.possible, ...(own === 'unknown' ? [policy] : []), ...likely],
      },
      // That there is one is what is asked here; what it says is for other rules.
      () => [],
      { at: key, message: 'none' },
    )
  },
})
