import { HclEdits } from '../../edit/hcl/index.ts'
import { isEmptyEdit } from '../../text/workspace-edit.ts'
import { type Complaint, defineFixer, type FixContext, type FixRefusal } from '../fixer.ts'
import { terraformTarget, unreachable } from '../shared/target.ts'
import { assessComplaint } from './assess.ts'
import { CLOSE, closePublic, openPrivate, restrictPublic } from './endpoint.ts'
import type { Remedy } from './session.ts'
import { encryptSecrets, endSsh, logControlPlane } from './settings.ts'
import { stepsFor } from './steps.ts'

const REMEDIES: ReadonlyMap<string, Remedy> = new Map<string, Remedy>([
  ['eks-control-plane-logs', logControlPlane],
  ['eks-private-access', openPrivate],
  ['eks-no-public-cidr', restrictPublic],
  [CLOSE, closePublic],
  ['eks-secrets-encryption', encryptSecrets],
  ['eks-node-group-ssh', endSsh],
])

export default defineFixer({
  name: 'eks-security',
  title: 'EKS: logs of the control plane, endpoints, encryption of Secrets, SSH on nodes',
  covers: [...REMEDIES.keys(), 'eks-supported-version'],

  assess(complaint, context) {
    const target = terraformTarget(context.estate, complaint.at.resource)
    if (target === undefined) return unreachable(complaint.at.resource)
    const assessment = assessComplaint(target, complaint, context)
    if ('refused' in assessment || (assessment.needs ?? []).length > 0) return assessment
    // Tried alone, so that what cannot be edited is said now and with its own reason.
    return attempt([complaint], context).refusal ?? assessment
  },

  build(complaints, context) {
    const { edits, refusal } = attempt(complaints, context)
    const edit = edits.finish()
    return refusal !== undefined && isEmptyEdit(edit) ? refusal : edit
  },

  nextSteps: stepsFor,
})

/** The edits for all complaints that can be settled, and why the first of the others cannot. */
function attempt(
  complaints: readonly Complaint[],
  context: FixContext,
): { readonly edits: HclEdits; readonly refusal: FixRefusal | undefined } {
  const { estate, values } = context
  const shared = { edits: new HclEdits(), done: new Set<string>(), values, estate, complaints }
  let refusal: FixRefusal | undefined
  for (const complaint of complaints) {
    const { resource } = complaint.at
    const target = terraformTarget(estate, resource)
    const remedy = REMEDIES.get(complaint.ruleId)
    if (remedy === undefined) continue
    const refused = target === undefined ? unreachable(resource) : remedy({ ...shared, target }, complaint)
    if (refused !== undefined) refusal ??= { code: 'no-fix', refused: refused.refused }
  }
  return { edits: shared.edits, refusal }
}
