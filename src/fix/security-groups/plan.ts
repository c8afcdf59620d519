import { lets, type PortRange } from '../../resources/aws/security-group-rules.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { Assessment, FixRefusal, FixValues, Need } from '../fixer.ts'
import {
  applicationGroups,
  balancerGroups,
  givenGroup,
  membersOf,
  type Network,
  networkOf,
  type Peer,
} from './peers.ts'
import { tierOf } from './tiers.ts'
import { isWrittenHere, listForm, type RuleView, rangesOf } from './view.ts'

/** Who is let in instead of the internet. */
type Source =
  | { readonly kind: 'admins' }
  | { readonly kind: 'group'; readonly peer: Peer }
  | { readonly kind: 'network'; readonly network: Network }
  /** The ranges stay: only the ports change. */
  | { readonly kind: 'same' }

interface Ports {
  readonly from: number
  readonly to: number
  readonly protocol: string
}

/** What becomes of one rule. */
export interface RulePlan {
  readonly kind: 'admins' | 'application' | 'balancer' | 'tier' | 'egress'
  readonly judged: Pick<Assessment, 'rank' | 'title' | 'minutes'> & {
    readonly reason: string
    readonly needs?: readonly Need[]
  }
  readonly source: Source
  /** What is left of a rule for every port. */
  readonly ports?: Ports
  /** True if the description names somebody who no longer gets in. */
  readonly outdated?: boolean
  /** A second rule, for everything inside the VPC. */
  readonly inside?: Network
}

const EVERY: readonly PortRange[] = [{ low: 1, high: 65_535, protocols: ['tcp', 'udp'] }]
const ADMIN: readonly PortRange[] = [
  { low: 22, high: 22, protocols: ['tcp'] },
  { low: 3389, high: 3389, protocols: ['tcp', 'udp'] },
]
const HTTP: readonly PortRange[] = [{ low: 80, high: 80, protocols: ['tcp'] }]
const HTTPS: Ports = { from: 443, to: 443, protocol: 'tcp' }

/** Words by which a rule says that somebody outside of the project is meant to get in. */
const OUTSIDERS =
  /\b(?:vendor|partner|supplier|customer|client|office|vpn|external|third[- ]part\w*|contractor|consultant|reporting|analyst|public)s?\b/i

export function planRule(view: RuleView, values: FixValues): RulePlan | FixRefusal {
  if (view.rule.prefixLists.isSet() !== 'no' && !rangesOf(view).some(({ wide }) => wide)) {
    return { code: 'no-fix', refused: 'a prefix list lets the internet in: narrow its entries' }
  }
  const computed = rangesOf(view).find(
    ({ kept, wide, place }) => wide && (kept === undefined || listForm(place) === 'computed'),
  )
  if (computed !== undefined)
    return { code: 'no-fix', refused: `${computed.place.pathText} is partly computed: narrow it by hand` }
  if (view.direction === 'egress') return planEgress(view)
  const open = (ranges: readonly PortRange[]): boolean => ranges.some((range) => lets(view.rule, range) === 'yes')
  if (open(EVERY)) return planTier(view, values)
  const single = isSinglePort(view)
  if (open(ADMIN) || (open(HTTP) && !single)) return planAdmins(view, values)
  return open(HTTP) ? planHttp(view, values) : planStore(view, values)
}

/** Whether a rule is as bad whatever it is for, so that it goes the way of another rule that the same text makes. */
export function isBadAlone({ rule, direction }: RuleView): boolean {
  const ranges = direction === 'egress' ? EVERY : [...EVERY, ...ADMIN]
  return ranges.some((range) => lets(rule, range) === 'yes')
}

function isSinglePort({ rule }: RuleView): boolean {
  const [from, to] = [rule.from.number(), rule.to.number()]
  return from.kind === 'known' && to.kind === 'known' && from.value === to.value
}

function planAdmins(view: RuleView, values: FixValues, why?: string): RulePlan {
  return {
    kind: 'admins',
    source: { kind: 'admins' },
    judged: {
      rank: 'B',
      title: `Open ${portsText(view)} to the networks of administrators only`,
      minutes: 20,
      reason: why ?? 'Whoever administers from another network is locked out, and the code does not show who does.',
      ...needAdmins(view, values),
    },
  }
}

/** Asked before anybody is locked out: which networks stay. */
function needAdmins(view: RuleView, { adminCidrs }: FixValues): { readonly needs?: readonly Need[] } {
  if (adminCidrs === undefined || adminCidrs.length === 0)
    return { needs: [{ key: 'values.adminCidrs', question: 'Which networks do administrators connect from?' }] }
  const wide = rangesOf(view).filter((ranges) => ranges.wide)
  const only6 = wide.length > 0 && wide.every(({ family }) => family === 6)
  if (only6 && adminCidrs.every((cidr) => !cidr.includes(':')))
    return { needs: [{ key: 'values.adminCidrs', question: 'Which IPv6 networks do administrators connect from?' }] }
  if (!only6 && adminCidrs.every((cidr) => cidr.includes(':')))
    return { needs: [{ key: 'values.adminCidrs', question: 'Which IPv4 networks do administrators connect from?' }] }
  return {}
}

function planHttp(view: RuleView, values: FixValues): RulePlan {
  const [balancer, ...more] = balancerGroups(view.estate, view.resource, view.group)
  if (balancer === undefined || more.length > 0) {
    const why = 'Everybody but administrators loses the site, until a load balancer with TLS stands in front of it.'
    return planAdmins(view, values, why)
  }
  return {
    kind: 'balancer',
    source: { kind: 'group', peer: balancer },
    judged: {
      rank: 'C',
      title: `Let plain HTTP in from the load balancer only (${balancer.shown})`,
      minutes: 15,
      reason: 'Clients that go past the load balancer lose access, and the code does not show whether there are any.',
    },
  }
}

function planStore(view: RuleView, values: FixValues): RulePlan {
  const title = (peer: string): string => `Open ${portsText(view)} to ${peer} only`
  const found = applicationPeer(view, values)
  if (!('expression' in found)) {
    return {
      kind: 'application',
      source: { kind: 'same' },
      judged: { rank: 'C', title: title('the applications'), minutes: 20, reason: found.reason, needs: [found.need] },
    }
  }
  const outsiders = OUTSIDERS.exec(wordsOf(view))?.[0]
  const shared = { kind: 'application', source: { kind: 'group', peer: found } } as const
  if (outsiders !== undefined) {
    const description = view.rule.place.get('description').string()
    return {
      ...shared,
      outdated: description.kind === 'known' && OUTSIDERS.test(description.value),
      judged: {
        rank: 'C',
        title: title(found.shown),
        minutes: 30,
        reason: `What stands at the rule names others who use the port ("${outsiders}"): they lose access unless they get a rule for their own networks.`,
      },
    }
  }
  // The provider cannot change the source of such a rule: it is destroyed and made anew.
  const anew = view.form === 'rule'
  const elsewhere = rangesOf(view).some(({ place, wide }) => wide && !isWrittenHere(place))
  const notes = [
    ...(anew ? ['Terraform makes the rule anew: for seconds no new connection is let in.'] : []),
    ...(elsewhere ? ['The ranges come from a variable, which other environments may set otherwise.'] : []),
  ]
  return {
    ...shared,
    judged: {
      rank: notes.length > 0 ? 'C' : 'D',
      title: title(found.shown),
      minutes: 10,
      reason: [`${peerReason(found)} Whoever else connects from outside loses access.`, ...notes].join(' '),
    },
  }
}

/** What a person wrote at a rule: its description, its comments, the names of the rule and its group. */
function wordsOf({ written, resource, group }: RuleView): string {
  const { document, container } = written
  const { start, end } = container.span
  const text = document.text.slice(start, end)
  const comments = [...text.matchAll(/(?:#|\/\/)(.*)$/gm)].map(([, comment = '']) => comment)
  const description = /description"?\s*[=:]\s*"([^"]*)"/.exec(text)?.[1] ?? ''
  const names = [resource.name, group?.name ?? ''].map((name) => name.replaceAll(/[-_]/g, ' '))
  return [description, ...comments, ...names].join('\n')
}

function applicationPeer(view: RuleView, values: FixValues): Peer | { readonly reason: string; readonly need: Need } {
  const given = givenGroup(view.estate, values, view.resource)
  if (given !== undefined) return given
  const candidates = applicationGroups(view.estate, view.resource, view.group)
  const [only, ...more] = candidates
  if (only !== undefined && more.length === 0) return only
  const reason =
    only === undefined
      ? 'No application in this module has a security group that the port could be opened to.'
      : `Several groups are candidates: ${candidates.map(({ shown }) => shown).join(', ')}.`
  const question =
    'Which security group (id, or reference in the same module) have the applications that use the databases?'
  return { reason, need: { key: 'values.applicationSecurityGroup', question } }
}

function peerReason({ shown, users }: Peer): string {
  const cluster = users.find(({ type }) => type === 'aws_eks_cluster')
  const who = users.length === 0 ? shown : `${shown} is the group of ${users.map(({ address }) => address).join(', ')}.`
  return cluster === undefined
    ? who
    : `${who} Pods have it only if their nodes do: managed node groups have the group that EKS makes, unless a launch template says otherwise.`
}

/** Every port was open: what is let in is what has the group, as far as the code shows it. */
function planTier(view: RuleView, values: FixValues): RulePlan | FixRefusal {
  const { estate, group, resource } = view
  const members = group === undefined ? [] : membersOf(estate, group)
  const reason = `Everything that nobody wrote a rule for loses its connections${members.length === 0 ? '' : `; it has ${listed(members)}`}.`
  const judge = (title: string): RulePlan['judged'] => ({ rank: 'B', title, minutes: 60, reason })
  const tier = tierOf(estate, members)
  if (tier?.kind === 'balancer') {
    const ports = { from: tier.port, to: tier.port, protocol: 'tcp' }
    return {
      kind: 'tier',
      source: { kind: 'same' },
      ports,
      judged: judge(`Open only the port of the load balancer, ${tier.port}`),
    }
  }
  if (tier?.kind === 'several') {
    return { code: 'no-fix', refused: 'the load balancer listens on several ports: write one rule for each of them' }
  }
  const ports = tier === undefined ? undefined : { from: tier.port, to: tier.port, protocol: 'tcp' }
  const peer =
    tier?.kind === 'store'
      ? applicationPeer(view, values)
      : tier?.kind === 'backend'
        ? onlyOf(balancerGroups(estate, resource, group))
        : undefined
  if (ports !== undefined && peer !== undefined && 'expression' in peer) {
    const title = `Open only port ${ports.from}, to ${peer.shown}`
    return {
      kind: 'tier',
      source: { kind: 'group', peer },
      ports,
      judged: { ...judge(title), reason: `${reason} ${peerReason(peer)}` },
    }
  }
  const network = networkOf(estate, group, resource)
  if (network === undefined) {
    const needs = needAdmins(view, values)
    const why = 'Nothing in the code shows what has the group or which VPC it is in; only administrators keep access.'
    return {
      kind: 'tier',
      source: { kind: 'admins' },
      judged: { ...judge('Open every port to the networks of administrators only'), reason: why, ...needs },
    }
  }
  const title = ports === undefined ? 'Let in the VPC only' : `Open only port ${ports.from}, inside the VPC`
  return { kind: 'tier', source: { kind: 'network', network }, ...(ports && { ports }), judged: judge(title) }
}

function onlyOf(peers: readonly Peer[]): Peer | undefined {
  return peers.length === 1 ? peers[0] : undefined
}

function planEgress(view: RuleView): RulePlan {
  const { estate, group, resource } = view
  const inside = networkOf(estate, group, resource)
  const shared = { kind: 'egress', source: { kind: 'same' }, ports: HTTPS } as const
  if (inside === undefined) {
    return {
      ...shared,
      judged: {
        rank: 'B',
        title: 'Let only HTTPS out',
        minutes: 30,
        reason: 'Every other connection out ends, also to databases: the code does not show which VPC the group is in.',
      },
    }
  }
  return {
    ...shared,
    inside,
    judged: {
      rank: 'C',
      title: 'Let out HTTPS, and everything inside the VPC',
      minutes: 20,
      reason:
        'Connections to other ports of the internet end, and the code does not show whether there are any: mail, SSH, package mirrors on port 80, DNS of others.',
    },
  }
}

function listed(resources: readonly TerraformResource[]): string {
  const names = resources.map(({ address }) => address)
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}

/** `port 22`, `ports 20 to 25`, `every port`. */
function portsText({ rule }: RuleView): string {
  const [from, to] = [rule.from.number(), rule.to.number()]
  if (from.kind !== 'known' || to.kind !== 'known') return 'the port'
  return from.value === to.value ? `port ${from.value}` : `ports ${from.value} to ${to.value}`
}
