import type { SourceResource } from '../../resources/resource.ts'
import type { Assessment, Complaint, FixContext, FixRefusal, Need } from '../fixer.ts'
import { decidesExistence } from '../shared/existence.ts'
import { dependents } from '../shared/references.ts'
import type { TerraformTarget } from '../shared/target.ts'
import { HEALTH, HSTS } from './backend/index.ts'
import { declaredZone, hasCertificate } from './certificate.ts'
import { whyNoDomain } from './domain.ts'
import { closedGroups } from './ingress.ts'
import { whyUnsure } from './listener.ts'
import { balancerAddress, balancerOf, planListener } from './listeners.ts'
import { runbookFor } from './runbook.ts'
import { domainOf } from './session.ts'
import { SETTINGS } from './settings.ts'

/** Listeners of plain HTTP: one change ends it, whichever rule complains. */
export const PLAIN: ReadonlySet<string> = new Set(['alb-listener-https', 'alb-http-redirect', 'alb-tls-minimum'])

const DOMAIN: Need = {
  key: 'values.domainName',
  question: 'Which name do clients use? The certificate is issued for it.',
}

export function assessTerraform(
  target: TerraformTarget,
  complaint: Complaint,
  context: FixContext,
): Assessment | FixRefusal {
  const { ruleId, key, at } = complaint
  const { resource } = target
  const group = `${resource.root} ${resource.baseAddress}`
  if (PLAIN.has(ruleId) && !isPolicy(complaint)) return assessListener(target, complaint, context)
  if (ruleId === 'elb-listener-tls' || ruleId === 'elb-acm-certificate')
    return assessClassic(target, complaint, context)
  if (ruleId === 'alb-target-group-https') {
    return held(complaint, {
      rank: 'B',
      title: 'Speak HTTPS to the targets',
      minutes: 60,
      group,
      reason:
        'the target group is replaced, and targets that do not speak TLS on their port are unhealthy from then on',
      blastRadius: users(target),
    })
  }
  if (ruleId === 'alb-waf') {
    return held(complaint, {
      rank: 'C',
      title: 'Put a web application firewall in front',
      minutes: 30,
      group,
      reason:
        'it costs about 9 US dollars a month and 0.60 for a million requests, and may block what somebody relies on',
      blastRadius: users(target),
    })
  }
  if (ruleId === 'lb-access-logs') {
    const configured = at.parent?.absent === false
    if (configured) return { rank: 'D', title: 'Switch on the access logs that are configured', minutes: 5, group }
    return held(complaint, {
      rank: 'C',
      title: 'Log the requests',
      minutes: 15,
      group,
      reason: 'the change fails until the policy of the log bucket lets Elastic Load Balancing write',
      needs:
        context.values.logBucket === undefined
          ? [
              {
                key: 'values.logBucket',
                question: 'Which bucket, in the region of the load balancer, keeps access logs?',
              },
            ]
          : [],
    })
  }
  if (ruleId === 'cloudfront-tls-minimum' && key === 'builtIn')
    return {
      code: 'no-fix',
      refused:
        'the certificate of cloudfront.net takes TLS 1.0: give the distribution a name and a certificate of its own',
    }
  if (ruleId === 'cloudfront-origin-https') {
    const policy = at.string()
    if (policy.kind !== 'known' || policy.value !== 'match-viewer')
      return {
        code: 'no-fix',
        refused: 'the origin is asked over HTTP only, so it may not answer on 443: give it a certificate first',
      }
  }
  const setting = SETTINGS.get(ruleId)
  if (setting === undefined) return { code: 'no-fix', refused: 'no fix is known for it' }
  if (decidesExistence(context.estate, at))
    return { code: 'no-fix', refused: 'the variable behind it also decides whether the resource exists' }
  const { rank, title, minutes, reason } = setting
  return held(complaint, { rank, title, minutes, group, ...(reason !== undefined && { reason }) })
}

/** True if the complaint is about the policy of an encrypted listener. */
export function isPolicy({ ruleId, key }: Complaint): boolean {
  return ruleId === 'alb-tls-minimum' && key !== 'plain'
}

function assessListener(target: TerraformTarget, complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const { estate } = context
  const { resource } = target
  const plan = planListener(target)
  if ('refused' in plan) return { code: 'no-fix', refused: plan.refused }
  const group = `https ${resource.root} ${balancerAddress(resource)}`
  if (plan.kind === 'redirect') {
    return held(complaint, {
      rank: 'C',
      title: 'Redirect to the HTTPS listener of this load balancer',
      minutes: 10,
      group,
      reason: 'clients that do not follow redirects, and requests other than GET, fail from then on',
      blastRadius: users(target),
    })
  }
  const unsure = whyUnsure(target, plan)
  if (unsure !== undefined) return { code: 'undecidable', refused: unsure.refused }
  const unnamed = needsName(target, context)
  if (unnamed !== undefined && 'refused' in unnamed) return unnamed
  const balancer = balancerOf(estate, resource)
  const closed = balancer === undefined ? [] : closedGroups(estate, balancer)
  const rules = plan.kind === 'split' ? plan.rules : []
  return held(complaint, {
    rank: 'B',
    title: plan.kind === 'split' ? 'Serve HTTPS, and redirect HTTP to it' : 'Serve HTTPS on this port',
    minutes: 30,
    group,
    reason: [
      whyCertificate(target, context),
      plan.kind === 'split'
        ? 'clients that do not follow redirects, or send other requests than GET to port 80, fail'
        : 'clients that use http:// with this port fail',
    ]
      .filter((text) => text !== '')
      .join('; '),
    blastRadius: [
      ...users(target),
      ...rules.map((rule) => `${rule.resource.address} is replaced, and belongs to the HTTPS listener then`),
      ...closed.map(
        ({ address }) =>
          `${address}: not all who come in on 80 are sure to come in on 443, so see to that and let 443 in by hand`,
      ),
    ],
    needs: unnamed === undefined ? [] : [unnamed],
  })
}

function assessClassic(target: TerraformTarget, complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const unnamed = needsName(target, context)
  if (unnamed !== undefined && 'refused' in unnamed) return unnamed
  return held(complaint, {
    rank: 'B',
    title: complaint.ruleId === 'elb-listener-tls' ? 'Serve HTTPS instead of HTTP' : 'Take the certificate from ACM',
    minutes: 45,
    group: `${target.resource.root} ${target.resource.baseAddress}`,
    reason: [
      whyCertificate(target, context),
      complaint.ruleId === 'elb-listener-tls'
        ? 'a classic load balancer cannot redirect, so that clients of HTTP get no answer'
        : 'clients that pinned the certificate refuse the new one',
    ]
      .filter((text) => text !== '')
      .join('; '),
    blastRadius: users(target),
    needs: unnamed === undefined ? [] : [unnamed],
  })
}

function whyCertificate(target: TerraformTarget, { values }: FixContext): string {
  if (hasCertificate(target)) return ''
  const zone = declaredZone(target, values.hostedZone ?? values.domainName)
  return zone === undefined && values.hostedZone === undefined
    ? 'apply waits until somebody has put the validation record into DNS'
    : 'apply waits for the certificate, for ever if the zone is not delegated'
}

function needsName(target: TerraformTarget, context: FixContext): Need | FixRefusal | undefined {
  if (hasCertificate(target)) return undefined
  const unable = whyNoDomain({ target })
  if (unable !== undefined) return { code: 'no-fix', refused: unable.refused }
  return domainOf(context) === undefined ? DOMAIN : undefined
}

function users({ estate, resource }: TerraformTarget): readonly string[] {
  return dependents(estate, resource).map((user) => user.address)
}

export function assessServer(server: SourceResource, complaint: Complaint): Assessment | FixRefusal {
  const group = `source ${server.root} ${server.address}`
  if (complaint.ruleId === HSTS) {
    return held(complaint, {
      rank: 'C',
      title: 'Send Strict-Transport-Security before the first route',
      minutes: 10,
      group,
      reason: 'browsers refuse HTTP for this name for a year afterwards, whatever is changed back',
    })
  }
  if (complaint.ruleId !== HEALTH) return { code: 'no-fix', refused: 'no fix is known for it' }
  return complaint.key === 'liveness'
    ? { rank: 'D', title: 'Answer GET /health', minutes: 5, group }
    : { rank: 'D', title: 'Answer GET /ready, 503 while the database is away', minutes: 10, group }
}

function held(complaint: Complaint, assessment: Assessment): Assessment {
  const { rank, reason } = assessment
  if ((rank !== 'C' && rank !== 'B') || reason === undefined) return assessment
  return { ...assessment, runbook: runbookFor(complaint, reason) }
}
