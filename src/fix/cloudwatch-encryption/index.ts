import { type EditRefusal, HclEdits } from '../../edit/hcl/index.ts'
import { isEmptyEdit } from '../../text/workspace-edit.ts'
import { type Complaint, defineFixer, type FixContext, type FixRefusal } from '../fixer.ts'
import type { FixSession } from '../shared/session.ts'
import { terraformTarget, type TerraformTarget, unreachable } from '../shared/target.ts'
import { assessComplaint } from './assess.ts'
import { deliverTrail, encryptStream, encryptTable, nameKey } from './encrypt.ts'
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
])

export default defineFixer({
  name: 'cloudwatch-encryption',
  title: 'Logs, trails, topics, streams, tables: keys of your own, retention, delivery',
  covers: [...REMEDIES.keys()],

  assess(complaint, context) {
    const target = terraformTarget(context.estate, complaint.at.resource)
    if (target === undefined) return unreachable(complaint.at.resource)
    // Tried alone, so that what cannot be edited is said now and with its own reason.
    return attempt([complaint], context).leftOut[0]?.refusal ?? assessComplaint(target, complaint, context)
  },

  build(complaints, context) {
    const { edits, leftOut } = attempt(complaints, context)
    const edit = edits.finish()
    const [first] = leftOut
    return first !== undefined && isEmptyEdit(edit) ? first.refusal : { ...edit, leftOut }
  },

  nextSteps: stepsFor,
})

/** The edits for all complaints that can be settled, and why the others cannot. */
function attempt(complaints: readonly Complaint[], context: FixContext) {
  const session = { edits: new HclEdits(), done: new Set<string>(), values: context.values, estate: context.estate }
  const leftOut: { readonly fingerprint: string; readonly refusal: FixRefusal }[] = []
  for (const [ruleId, remedy] of REMEDIES) {
    for (const complaint of complaints.filter((given) => given.ruleId === ruleId)) {
      const target = terraformTarget(context.estate, complaint.at.resource)
      const refused = target === undefined ? unreachable(complaint.at.resource) : remedy(session, target, complaint)
      if (refused === undefined) continue
      const refusal: FixRefusal = { code: 'no-fix', refused: refused.refused }
      leftOut.push({ fingerprint: complaint.fingerprint, refusal })
    }
  }
  return { edits: session.edits, leftOut }
}
