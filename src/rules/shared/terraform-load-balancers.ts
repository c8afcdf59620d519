import type { Estate } from '../../resources/estate.ts'
import { decide, Place, type Tri } from '../../resources/place.ts'
import { notApplicable, type NotApplicable, undecided, type Undecided } from '../rule.ts'
import { refuses } from './terraform-validation.ts'

/** Load balancers that pass packets on leave TLS to what is behind them. */
const PASSED_ON = new Set(['TCP', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC', 'GENEVE'])
const ENCRYPTED = new Set(['HTTPS', 'TLS', 'SSL'])

/** Whether a load balancer is of a kind: `application` is the default. */
export function isOfKind(balancer: Place, kind: 'application' | 'network' | 'gateway'): Tri {
  return decide(balancer.get('load_balancer_type').string(), (type) => (type ?? 'application') === kind)
}

export function isInternal(balancer: Place): Tri {
  return decide(balancer.get('internal').bool(), (internal) => internal === true)
}

/** The load balancers that an attribute refers to, as far as they are declared here. */
export function balancersAt(place: Place, estate: Estate): readonly Place[] {
  const references = place.value?.refs ?? []
  return references
    .flatMap((reference) => estate.resolve(reference))
    .filter(({ type }) => type === 'aws_lb' || type === 'aws_alb')
    .map((resource) => Place.of(resource))
}

export function passesPackets(protocol: string | undefined): boolean {
  return protocol !== undefined && PASSED_ON.has(protocol.toUpperCase())
}

export function isEncrypted(protocol: string | undefined): boolean {
  return protocol !== undefined && ENCRYPTED.has(protocol.toUpperCase())
}

/** Why a rule about some kinds of load balancers does not bind this one. */
export function unlessKind(
  balancer: Place,
  ...kinds: readonly ('application' | 'network' | 'gateway')[]
): NotApplicable | Undecided | undefined {
  const verdicts = kinds.map((kind) => isOfKind(balancer, kind))
  if (verdicts.includes('yes')) return undefined
  if (verdicts.includes('unknown')) return undecided(balancer.get('load_balancer_type'))
  return notApplicable('this kind of load balancer has no such setting')
}

/** What a listener does with its clients' requests. */
export type ListenerReading =
  | { readonly kind: 'encrypted' | 'packets' | 'redirect' | 'plain' }
  | { readonly kind: 'unknown'; readonly at: Place; readonly reason: string }

export function readListener(listener: Place, estate: Estate): ListenerReading {
  const at = listener.get('protocol')
  const reading = at.string()
  if (decide(reading, passesPackets) === 'yes') return { kind: 'packets' }
  if (refuses(at, 'HTTP', null) || decide(reading, isEncrypted) === 'yes') return { kind: 'encrypted' }
  const balancers = balancersAt(listener.get('load_balancer_arn'), estate)
  const others = balancers.every((balancer) => isOfKind(balancer, 'application') === 'no')
  if (at.absent && balancers.length > 0 && others) return { kind: 'packets' }
  if (at.unknown !== undefined) return { kind: 'unknown', at, reason: at.unknown.reason }
  const redirects = redirectsToHttps(listener)
  if (redirects === 'unknown') {
    return { kind: 'unknown', at: listener.get('default_action'), reason: 'whether it redirects to HTTPS is not known' }
  }
  return { kind: redirects === 'yes' ? 'redirect' : 'plain' }
}

/** Whether every default action sends the client to HTTPS. */
export function redirectsToHttps(listener: Place): Tri {
  const actions = listener.get('default_action')
  const verdicts = actions.items().map((action): Tri => {
    const redirect = decide(action.get('type').string(), (type) => type === 'redirect')
    if (redirect !== 'yes') return redirect
    // Without a protocol the redirect keeps the one that was used.
    const secure = decide(action.get('redirect', 'protocol').string(), (name) => name?.toUpperCase() === 'HTTPS')
    return secure === 'yes' && !action.certain ? 'unknown' : secure
  })
  if (actions.mayHaveMore()) verdicts.push('unknown')
  if (verdicts.length === 0 || verdicts.includes('no')) return 'no'
  return verdicts.includes('unknown') ? 'unknown' : 'yes'
}
