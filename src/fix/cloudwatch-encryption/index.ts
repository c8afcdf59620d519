import type { EditRefusal } from '../../edit/hcl/index.ts'
import { type Complaint, defineFixer, type FixContext } from '../fixer.ts'
import { type Attempt, attemptEach, builtFrom, firstRefusal, inOrderOf } from '../shared/attempt.ts'
import type { FixSession } from '../shared/session.ts'
import { terraformTarget, type TerraformTarget, unreachable } from '../shared/target.ts'
import { assessComplaint } from './assess.ts'
import { deliverTrail, encryptParameter, encryptStream, encryptTable, nameKey } from './encrypt.ts'
import { setRetention } from './retention.ts'
import { stepsFor } from './steps.ts'

/** Adds the edits that settle one complaint, or says why they cannot be made. */
type Remedy = (session: FixSession, target: TerraformTarget, complaint: Complaint) => EditRefusal | undefined

const key: Remedy = (session, target, { at }) => nameKey(session, target, at)
const retention: Remedy = (session, _target, complaint) => setRetention(session, complaint)

const REMEDIES: ReadonlyMap<string, Remedy> = new Map<string, Remedy>([
  ['cloudwatch-log-retention', retention],
  ['cloudwatch-log-retention-set', retention],
  ['cloudwatch-log-encryption', key],
  ['cloudtrail-kms-encryption', key],
  ['cloudtrail-cloudwatch-logs', deliverTrail],
  ['sns-topic-encrypted', key],
  ['kinesis-stream-encrypted', encryptStream],
  ['dynamodb-customer-managed-key', encryptTable],
  ['lambda-environment-key', key],
  ['secretsmanager-customer-managed-key', key],
  ['ssm-parameter-customer-managed-key', (session, target, { at }) => encryptParameter(session, target, at)],
])

export default defineFixer({
  name: 'cloudwatch-encryption',
  title: 'Logs, trails, topics, streams, tables, secrets: keys of your own, retention, delivery',
  covers: [...REMEDIES.keys()],

  assess(complaint, context) {
    const target = terraformTarget(context.estate, complaint.at.resource)
    if (target === undefined) return unreachable(complaint.at.resource)
    // Tried alone, so that what cannot be edited is said now and with its own reason.
    return firstRefusal(attempt([complaint], context)) ?? assessComplaint(target, complaint, context)
  },

  build(complaints, context) {
    return builtFrom(attempt(complaints, context))
  },

  nextSteps: stepsFor,
})

function attempt(complaints: readonly Complaint[], context: FixContext): Attempt {
  return attemptEach(inOrderOf(REMEDIES.keys(), complaints), context, (session, complaint) => {
    const { resource } = complaint.at
    const target = terraformTarget(context.estate, resource)
    if (target === undefined) return unreachable(resource)
    return REMEDIES.get(complaint.ruleId)?.(session, target, complaint)
  })
}
