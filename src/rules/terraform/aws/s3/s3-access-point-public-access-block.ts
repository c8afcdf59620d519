import { defineRule } from '../../../rule.ts'
import { withFix } from '../../../shared/terraform-fixes.ts'
import { settingFix } from '../../../shared/terraform-settings.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

const BLOCK = 'public_access_block_configuration'
const FLAGS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets']

export default defineRule({
  id: 's3-access-point-public-access-block',
  title: 'S3 access points block public access',
  severity: 'medium',
  severityReason:
    'An access point is a second door to the bucket with a policy of its own; without the block that policy may let ' +
    'anyone in. It takes such a policy too, and the block of the bucket still holds.',
  controls: ['AC-3', 'AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_392'],
  kind: 'terraform',
  resources: ['aws_s3_access_point'],
  messages: { off: 'This access point may be made public: {flag} is off.' },
  remediation:
    'Leave out `public_access_block_configuration`, whose four switches are on by default, or set all four to true. ' +
    'They cannot be changed after the access point is made.',
  *check(point, { estate }) {
    for (const flag of FLAGS) {
      const at = point.get(BLOCK, flag)
      const outcomes = requireFlag({ at, wanted: true, fallback: true, message: 'off' })
      for (const outcome of withFix(outcomes, () => fix(at))) {
        yield outcome.outcome === undefined ? { ...outcome, data: { flag }, key: flag } : outcome
      }
    }

    function fix(at: typeof point) {
      return settingFix(estate, at, {
        fixer: 's3',
        rank: 'B',
        title: 'Block public access through the access point',
        minutes: 20,
        reason: 'Terraform replaces the access point, and whoever reads through it without credentials is shut out',
        value: true,
      })
    }
  },
})
