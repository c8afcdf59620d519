import type { Place, Tri } from '../../resources/place.ts'
import { notApplicable, type Outcome, pass, type RuleContext, type RuleDefinition, undecided } from '../rule.ts'
import {
  type Direction,
  EGRESS_RESOURCES,
  INGRESS_RESOURCES,
  type IngressRule,
  lets,
  type PortRange,
  rulesOf,
} from '../../resources/aws/security-group-rules.ts'
import { unlessExempt } from './terraform-companions.ts'
import type { Exemption } from './terraform-settings.ts'
import { openingOf } from './terraform-sources.ts'

/** Ports that must not be open to the internet. */
export interface GuardedPorts extends PortRange {
  /** `SSH (22)`. */
  readonly name: string
}

export interface PublicIngressRule extends Pick<
  RuleDefinition,
  'id' | 'title' | 'severity' | 'severityReason' | 'confidence' | 'controls' | 'sameAs' | 'remediation'
> {
  readonly guarded: readonly GuardedPorts[]
  /** `{cidr}` and `{ports}` are filled. */
  readonly message: string
  /** `ingress` unless it is given. */
  readonly direction?: Direction
  readonly exempt?: Exemption
}

export function single(name: string, port: number, ...protocols: readonly ('tcp' | 'udp')[]): GuardedPorts {
  return { name: `${name} (${port})`, low: port, high: port, protocols: protocols.length === 0 ? ['tcp'] : protocols }
}

/** One problem for each rule that lets the internet reach any of the guarded ports, or lets them be reached there. */
export function publicIngressRule({
  guarded,
  message,
  direction = 'ingress',
  exempt,
  ...definition
}: PublicIngressRule): RuleDefinition<'public'> {
  return {
    ...definition,
    kind: 'terraform',
    resources: direction === 'ingress' ? INGRESS_RESOURCES : EGRESS_RESOURCES,
    messages: { public: message },
    *check(resource, context) {
      yield* unlessExempt(outcomesOf(resource, context), () => exempt?.(resource, context))
    },
  }

  function* outcomesOf(resource: Place, context: RuleContext): Iterable<Outcome<'public'>> {
    const reading = rulesOf(resource, direction)
    if (reading.kind === 'other direction') {
      yield notApplicable(`the rule is for traffic ${direction === 'ingress' ? 'out' : 'in'}`)
      return
    }
    const { rules, more } = reading
    const outcomes = rules.flatMap((rule) => judge(rule, guarded, context))
    if (resource.resource.type === 'aws_security_group_rule' && more !== undefined) {
      yield outcomes.length > 0 ? undecided(more) : pass('no port that matters is open, whatever its direction')
      return
    }
    yield* outcomes
    if (more !== undefined) yield undecided(more, `there may be more ${direction} rules than can be read`)
    else if (outcomes.length === 0) yield pass('whatever is not known here opens none of these ports to the internet')
  }
}

function judge(rule: IngressRule, guarded: readonly GuardedPorts[], { estate }: RuleContext): Outcome<'public'>[] {
  const verdicts = guarded.map((ports) => ({ name: ports.name, verdict: lets(rule, ports) }))
  const through = verdicts.filter(({ verdict }) => verdict === 'yes').map(({ name }) => name)
  const reachable: Tri =
    through.length > 0 ? 'yes' : verdicts.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'no'
  if (reachable === 'no') return []
  const opening = openingOf(rule.cidrs, rule.prefixLists, estate)
  if (opening.kind === 'closed') return []
  if (opening.kind === 'unknown') return [undecided(opening.at, opening.reason)]
  if (!rule.place.certain) return [undecided(rule.place, 'whether the dynamic block makes this rule is not known')]
  if (reachable === 'unknown') {
    const open = [rule.protocol, rule.from, rule.to].find((place) => place.unknown !== undefined) ?? rule.from
    return [undecided(open)]
  }
  const ports = through.length === guarded.length && guarded.length > 1 ? 'every one of them' : through.join(', ')
  return [{ at: opening.at, message: 'public', data: { cidr: opening.cidr, ports } }]
}
