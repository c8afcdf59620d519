import { type Complaint, defineFixer, type FixContext } from '../fixer.ts'
import { type Attempt, attemptEach, builtFrom, firstRefusal } from '../shared/attempt.ts'
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
    return firstRefusal(attempt([complaint], context)) ?? assessment
  },

  build(complaints, context) {
    return builtFrom(attempt(complaints, context))
  },

  nextSteps: stepsFor,
})

function attempt(complaints: readonly Complaint[], context: FixContext): Attempt {
  return attemptEach(complaints, context, (session, complaint) => {
    const { resource } = complaint.at
    const target = terraformTarget(context.estate, resource)
    if (target === undefined) return unreachable(resource)
    return REMEDIES.get(complaint.ruleId)?.({ ...session, complaints, target }, complaint)
  })
}
