import { attribute, block } from '../../../../edit/hcl/index.ts'
import { decide, type Place, type Tri } from '../../../../resources/place.ts'
import { defineRule, undecided } from '../../../rule.ts'
import { addBlockTo } from '../../../shared/terraform-block-fixes.ts'

const ABORT = 'abort_incomplete_multipart_upload'
const DAYS = 7
const RULE = block('rule', [
  attribute('id', 'abort-incomplete-uploads'),
  attribute('status', 'Enabled'),
  block('filter', []),
  block(ABORT, [attribute('days_after_initiation', DAYS)]),
])

export default defineRule({
  id: 's3-lifecycle-abort-uploads',
  title: 'S3 lifecycle configurations remove uploads that were never finished',
  severity: 'low',
  severityReason:
    'Parts of unfinished uploads are stored and paid for, hold data, and appear in no listing of the bucket; nobody ' +
    'gains access by them.',
  controls: ['SI-12'],
  sameAs: ['checkov:CKV_AWS_300'],
  kind: 'terraform',
  resources: ['aws_s3_bucket_lifecycle_configuration'],
  messages: { never: 'Parts of uploads that were never finished stay in this bucket for ever.' },
  remediation: 'Add a rule with `abort_incomplete_multipart_upload { days_after_initiation = 7 }`.',
  *check(configuration, { estate }) {
    const rules = configuration.get('rule')
    const verdicts = rules.items().map(aborts)
    if (verdicts.includes('yes')) return
    if (verdicts.includes('unknown') || rules.mayHaveMore()) {
      yield undecided(rules, 'whether a rule removes unfinished uploads is not known')
      return
    }
    yield {
      at: configuration,
      message: 'never',
      fix: {
        fixer: 's3',
        rank: 'D',
        title: `Remove unfinished uploads after ${DAYS} days`,
        minutes: 2,
        edits: addBlockTo(estate, configuration, RULE),
      },
    }
  },
})

function aborts(rule: Place): Tri {
  const enabled = decide(rule.get('status').string(), (status) => status === 'Enabled')
  const [abort] = rule.get(ABORT).items()
  const days: Tri =
    abort === undefined
      ? rule.get(ABORT).unknown === undefined
        ? 'no'
        : 'unknown'
      : abort.get('days_after_initiation').isSet()
  if (enabled === 'no' || days === 'no') return 'no'
  return enabled === 'yes' && days === 'yes' && (abort ?? rule).certain ? 'yes' : 'unknown'
}
