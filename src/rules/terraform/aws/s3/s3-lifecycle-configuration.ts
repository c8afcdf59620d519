import { LIFECYCLE } from '../../../../resources/aws/s3-bucket.ts'
import { decide, type Place, type Tri } from '../../../../resources/place.ts'
import { defineRule, type Outcome, undecided } from '../../../rule.ts'
import { bucketSettings } from '../../../shared/terraform-buckets.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'

type Message = 'missing' | 'disabled'

export default defineRule<Message>({
  id: 's3-lifecycle-configuration',
  title: 'S3 buckets say how long their objects are kept',
  severity: 'low',
  severityReason:
    'Data that is kept without need is what a later breach takes, and forgotten uploads and versions cost money; nobody ' +
    'gains access by it.',
  controls: ['SI-12', 'AU-11'],
  sameAs: ['checkov:CKV2_AWS_61'],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: {
    missing: 'Nothing ever leaves this bucket: it has no lifecycle configuration.',
    disabled: 'The lifecycle configuration of this bucket has no rule that is enabled.',
  },
  remediation:
    'Add an `aws_s3_bucket_lifecycle_configuration` that aborts incomplete uploads and expires noncurrent versions; decide ' +
    'with the owner of the data when current objects go.',
  *check(bucket, context) {
    const settings = bucketSettings(bucket, LIFECYCLE, context)
    const [inline] = settings.certain.filter(({ path }) => path.length > 0)
    if (inline?.parent !== undefined)
      yield* judge(inline.parent, (rule) => decide(rule.get('enabled').bool(), (on) => on === true))
    else yield* requireSetting(settings, separate, { at: bucket, message: 'missing' })
  },
})

function separate(setting: Place): Iterable<Outcome<Message>> {
  return judge(setting.get('rule'), (rule) => decide(rule.get('status').string(), (status) => status === 'Enabled'))
}

function* judge(rules: Place, isOn: (rule: Place) => Tri): Iterable<Outcome<Message>> {
  const verdicts = rules.items().map((rule) => (rule.certain ? isOn(rule) : 'unknown'))
  if (verdicts.includes('yes')) return
  if (verdicts.includes('unknown') || rules.mayHaveMore())
    yield undecided(rules, 'whether a rule is enabled is not known')
  else yield { at: rules, message: 'disabled' }
}
