import { Place } from '../../resources/place.ts'
import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { planSteps, shellWord, uniqueSteps } from '../shared/steps.ts'
import { terraformTarget } from '../shared/target.ts'
import { isPolicy, PLAIN } from './assess.ts'
import { isServer } from './backend/index.ts'
import { domainOf } from './session.ts'

/** What is left to do for the complaints that were settled. */
export function stepsFor(complaints: readonly Complaint[], context: FixContext): readonly NextStep[] {
  const steps: NextStep[] = []
  const terraform = complaints.filter(({ at }) => terraformTarget(context.estate, at.resource) !== undefined)
  steps.push(
    ...planSteps(
      terraform.map(({ at }) => at.resource.root),
      'load balancers and listeners change in place; only target groups and rules of listeners may be replaced',
    ),
  )
  const has = (ruleId: string): boolean => complaints.some((complaint) => complaint.ruleId === ruleId)
  if (complaints.some((complaint) => isPlain(complaint))) steps.push(...httpsSteps(context))
  if (has('lb-access-logs')) {
    steps.push({
      kind: 'rollout',
      text: 'Before the plan is applied, let logdelivery.elasticloadbalancing.amazonaws.com write by the policy of the log bucket (SSE-S3, same region)',
    })
  }
  if (has('alb-waf')) {
    steps.push(
      {
        kind: 'read',
        text: 'A web ACL costs 5 US dollars a month, its three rule groups 1 each, a million requests 0.60 (AWS WAF pricing, looked up 2026-11-21); its key 1, its logs 0.50 a GB',
      },
      {
        kind: 'rollout',
        text: 'The common rules only count: read what they counted after two weeks, then let them block',
      },
    )
  }
  if (has('alb-target-group-https'))
    steps.push({ kind: 'rollout', text: 'Let the targets listen with TLS on their port before the plan is applied' })
  for (const complaint of complaints) steps.push(...proofOf(complaint, context))
  return uniqueSteps(steps)
}

function isPlain(complaint: Complaint): boolean {
  return (PLAIN.has(complaint.ruleId) && !isPolicy(complaint)) || complaint.ruleId === 'elb-listener-tls'
}

function httpsSteps(context: FixContext): readonly NextStep[] {
  const { hostedZone } = context.values
  const name = domainOf(context)
  const shown = name === undefined ? '"$DOMAIN_NAME"' : shellWord(name)
  return [
    ...(name === undefined
      ? [{ kind: 'value', text: 'Give the name of the service', command: 'domain_name = "pay.example.com"' } as const]
      : []),
    {
      kind: 'rollout',
      text:
        hostedZone === undefined
          ? 'While apply waits for the certificate, put the validation record that ACM shows into DNS'
          : `See that ${hostedZone} is delegated to its Route 53 zone, else apply waits for ever`,
      command:
        hostedZone === undefined
          ? 'aws acm list-certificates --certificate-statuses PENDING_VALIDATION'
          : `dig +short NS ${shellWord(hostedZone)}`,
    },
    { kind: 'rollout', text: 'Point the name at the load balancer by an alias record, if it does not yet' },
    { kind: 'prove', text: 'HTTP answers 301 and names https://', command: `curl -sI http://${shown}` },
    { kind: 'prove', text: 'HTTPS answers, with a certificate for this name', command: `curl -sI https://${shown}` },
    { kind: 'prove', text: 'TLS 1.1 is refused', command: `curl -sI --tls-max 1.1 https://${shown}` },
    { kind: 'read', text: 'ACM certificates for load balancers cost nothing, nor do redirects' },
  ]
}

function proofOf({ ruleId, at }: Complaint, context: FixContext): readonly NextStep[] {
  const { resource } = at
  if (isServer(resource)) {
    const { path } = resource.source.document
    if (ruleId === 'source-hsts')
      return [
        {
          kind: 'prove',
          text: `${path}: the header is sent`,
          command: `curl -sI https://${domainOf(context) ?? 'NAME'}/ | grep -i strict`,
        },
      ]
    return [
      {
        kind: 'prove',
        text: `${path}: /health and /ready answer 200, and /ready 503 while the database is stopped`,
        command: 'curl -si http://localhost:PORT/ready',
      },
      { kind: 'read', text: 'Let probes and health checks ask the new routes: docs/fixers/health-endpoints.md' },
    ]
  }
  if (ruleId !== 'cloudfront-viewer-https') return []
  const name = Place.of(resource).get('aliases').strings()
  const [alias] = name.kind === 'known' ? name.value : []
  return [{ kind: 'prove', text: 'HTTP answers 301', command: `curl -sI http://${shellWord(alias ?? 'NAME')}` }]
}
