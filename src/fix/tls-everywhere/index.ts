import { type Assessment, type Complaint, defineFixer, type FixContext, type FixRefusal } from '../fixer.ts'
import { type Attempt, attemptEach, builtFrom, firstRefusal, inOrderOf } from '../shared/attempt.ts'
import { terraformTarget, unreachable } from '../shared/target.ts'
import { assessServer, assessTerraform, isPolicy } from './assess.ts'
import { HEALTH, HSTS, isServer, mendServer } from './backend/index.ts'
import { certifyClassic, encryptClassic, serveHttps } from './listener.ts'
import type { Remedy } from './session.ts'
import { applySetting, encryptTargets, logRequests, SETTINGS } from './settings.ts'
import { stepsFor } from './steps.ts'
import { addWebAcl } from './waf.ts'

/** In the order in which what they add comes. */
const REMEDIES: ReadonlyMap<string, Remedy> = new Map<string, Remedy>([
  ['alb-listener-https', serveHttps],
  ['alb-http-redirect', serveHttps],
  ...[...SETTINGS.keys()].map((id): [string, Remedy] => [id, applySetting]),
  [
    'alb-tls-minimum',
    (session, complaint) => (isPolicy(complaint) ? applySetting(session, complaint) : serveHttps(session)),
  ],
  ['elb-listener-tls', (session, { at }) => encryptClassic(session, at)],
  ['elb-acm-certificate', (session, { at }) => certifyClassic(session, at)],
  ['alb-target-group-https', encryptTargets],
  ['lb-access-logs', logRequests],
  ['alb-waf', addWebAcl],
])

export default defineFixer({
  name: 'tls-everywhere',
  title:
    'TLS from the client to the service: load balancers, certificates, CloudFront, API Gateway, OpenSearch, HSTS, health routes',
  covers: [...REMEDIES.keys(), HSTS, HEALTH],

  assess(complaint, context): Assessment | FixRefusal {
    const { resource } = complaint.at
    if (isServer(resource)) {
      const built = mendServer(resource, [complaint], context.estate)
      return 'refused' in built ? built : assessServer(resource, complaint)
    }
    const target = terraformTarget(context.estate, resource)
    if (target === undefined) return unreachable(resource)
    const assessment = assessTerraform(target, complaint, context)
    if ('refused' in assessment || (assessment.needs ?? []).length > 0) return assessment
    // Tried alone, so that what cannot be edited is said now and with its own reason.
    return firstRefusal(attempt([complaint], context)) ?? assessment
  },

  build(complaints, context) {
    const [first] = complaints
    if (first !== undefined && isServer(first.at.resource))
      return mendServer(first.at.resource, complaints, context.estate)
    return builtFrom(attempt(complaints, context))
  },

  nextSteps: stepsFor,
})

function attempt(complaints: readonly Complaint[], context: FixContext): Attempt {
  return attemptEach(inOrderOf(REMEDIES.keys(), complaints), context, (session, complaint) => {
    const { resource } = complaint.at
    const target = terraformTarget(context.estate, resource)
    if (target === undefined) return unreachable(resource)
    return REMEDIES.get(complaint.ruleId)?.({ ...session, target }, complaint)
  })
}
