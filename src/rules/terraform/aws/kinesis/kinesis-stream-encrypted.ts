import { HclEdits, setPlace } from '../../../../edit/hcl/index.ts'
import { defineRule } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'
import { withFix } from '../../../shared/terraform-fixes.ts'
import { refuses } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'kinesis-stream-encrypted',
  title: 'Kinesis streams are encrypted',
  severity: 'medium',
  severityReason:
    'Records of up to a year lie in the storage of Kinesis in the clear; reading them there takes access that only ' +
    'AWS has, or a flaw, hence not high.',
  controls: ['SC-28', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_43', 'trivy:AWS-0064'],
  kind: 'terraform',
  resources: ['aws_kinesis_stream'],
  messages: { plain: 'Records of this stream are not encrypted (`encryption_type`).' },
  remediation: 'Set `encryption_type = "KMS"` and `kms_key_id` to a customer-managed key, or to `alias/aws/kinesis`.',
  *check(stream, { estate }) {
    const at = stream.get('encryption_type')
    if (refuses(at, 'NONE', null)) {
      yield { outcome: 'pass', reason: "the variable's validation refuses to go without" }
      return
    }
    const outcomes = requireAttribute({ at, reading: at.string(), holds: (type) => type === 'KMS', message: 'plain' })
    yield* withFix(outcomes, () => {
      const edits = new HclEdits()
      const key = stream.get('kms_key_id')
      const refusal =
        setPlace(edits, estate, at, 'KMS') ??
        (key.absent ? setPlace(edits, estate, key, 'alias/aws/kinesis') : undefined)
      return {
        fixer: 'kinesis',
        rank: 'C',
        title: 'Encrypt the stream',
        minutes: 10,
        reason: 'producers and consumers of other accounts need the right to use a key',
        edits: refusal ?? edits.finish(),
      }
    })
  },
})
