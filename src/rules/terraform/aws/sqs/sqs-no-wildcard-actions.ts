import { asString } from '../../../../resources/place.ts'
import { defineRule, undecided } from '../../../rule.ts'
import { unknownIn } from '../../../shared/terraform-iam-grants.ts'
import { judgeStatements } from '../../../shared/terraform-iam-trust.ts'

const EVERY_ACTION = /^(?:\*+(?::\*+)?|sqs:\*+)$/i

export default defineRule({
  id: 'sqs-no-wildcard-actions',
  title: 'The policy of a queue lists the actions',
  severity: 'medium',
  severityReason:
    'Who should only send can also read, purge and delete the queue, and change its policy; it takes one of the principals ' +
    'that are let in.',
  controls: ['AC-3', 'AC-6'],
  sameAs: ['checkov:CKV_AWS_72', 'trivy:AWS-0097'],
  kind: 'terraform',
  resources: ['aws_sqs_queue', 'aws_sqs_queue_policy'],
  messages: { everyAction: 'This statement allows every action on the queue.' },
  remediation:
    'List what is needed: sqs:SendMessage for senders; sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes for readers.',
  *check(queue) {
    yield* judgeStatements(queue.get('policy'), function* ({ actions }) {
      if (actions.not) return
      const at = actions.items.find(({ value }) => value !== undefined && EVERY_ACTION.test(asString(value) ?? ''))
      if (at !== undefined) yield { at, message: 'everyAction' }
      else if (actions.contains('*') === 'unknown') yield undecided(unknownIn(actions.place))
    })
  },
})
