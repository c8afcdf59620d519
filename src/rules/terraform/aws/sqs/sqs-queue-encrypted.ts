import { decide } from '../../../../resources/place.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'
import { setFix } from '../../../shared/terraform-fixes.ts'
import { isThere } from '../../../shared/terraform-settings.ts'
import { refuses } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'sqs-queue-encrypted',
  title: 'SQS queues are encrypted',
  severity: 'medium',
  severityReason:
    'Messages that wait lie in the storage of SQS in the clear; reading them there takes access that only AWS has, ' +
    'or a flaw. Where nothing is said it is low: new queues are encrypted since 2022, older ones are not.',
  controls: ['SC-28', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_27', 'trivy:AWS-0096'],
  kind: 'terraform',
  resources: ['aws_sqs_queue'],
  messages: {
    off: 'Messages of this queue are not encrypted (`sqs_managed_sse_enabled = false`, and no key).',
    unset: 'Nothing says that messages of this queue are encrypted: a queue from before 2022 may not be.',
  },
  remediation: 'Set `sqs_managed_sse_enabled = true`, or name a key in `kms_master_key_id`.',
  *check(queue, { estate }) {
    const at = queue.get('sqs_managed_sse_enabled')
    const key = queue.get('kms_master_key_id')
    const keyed = isThere(key)
    const managed = decide(at.bool(), (value) => value === true)
    if (keyed === 'yes' || managed === 'yes') yield pass('it is encrypted')
    else if (refuses(key, null, '') || refuses(at, false, null))
      yield pass("the variable's validation refuses to go without")
    else if (keyed === 'unknown' || managed === 'unknown') yield undecided(keyed === 'unknown' ? key : at)
    else {
      const fix = setFix(estate, at, {
        fixer: 'sqs',
        rank: 'E',
        title: 'Encrypt the queue with a key that SQS manages',
        minutes: 1,
        value: true,
      })
      yield at.absent ? { at, message: 'unset', severity: 'low', fix } : { at, message: 'off', fix }
    }
  },
})
