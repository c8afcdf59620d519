import { decide, type Place, type Tri } from '../place.ts'

/** Blocks of one address family: a list, or a single one. */
export interface CidrSource {
  readonly place: Place
  readonly family: 4 | 6
}

/** One ingress rule of a security group, in whichever resource and syntax it is written. */
export interface IngressRule {
  readonly place: Place
  readonly protocol: Place
  readonly from: Place
  readonly to: Place
  readonly cidrs: readonly CidrSource[]
  readonly prefixLists: Place
}

export interface PortRange {
  readonly low: number
  readonly high: number
  readonly protocols: readonly ('tcp' | 'udp')[]
}

export type Direction = 'ingress' | 'egress'

/** The rules of a resource for one direction, and the place behind which there may be others. */
export type IngressReading =
  | { readonly kind: 'rules'; readonly rules: readonly IngressRule[]; readonly more: Place | undefined }
  | { readonly kind: 'other direction' }

export const INGRESS_RESOURCES = [
  'aws_security_group',
  'aws_default_security_group',
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
] as const

export const EGRESS_RESOURCES = [
  'aws_security_group',
  'aws_default_security_group',
  'aws_security_group_rule',
  'aws_vpc_security_group_egress_rule',
] as const

export function rulesOf(resource: Place, direction: Direction): IngressReading {
  switch (resource.resource.type) {
    case 'aws_vpc_security_group_ingress_rule':
    case 'aws_vpc_security_group_egress_rule':
      return {
        kind: 'rules',
        more: undefined,
        rules: [
          {
            ...ports(resource, 'ip_protocol'),
            cidrs: [
              { place: resource.get('cidr_ipv4'), family: 4 },
              { place: resource.get('cidr_ipv6'), family: 6 },
            ],
            prefixLists: resource.get('prefix_list_id'),
          },
        ],
      }
    case 'aws_security_group_rule': {
      const fits = decide(resource.get('type').string(), (type) => (type ?? 'ingress') === direction)
      if (fits === 'no') return { kind: 'other direction' }
      return {
        kind: 'rules',
        rules: [inlineRule(resource)],
        more: fits === 'yes' ? undefined : resource.get('type'),
      }
    }
    default: {
      const blocks = resource.get(direction)
      return { kind: 'rules', rules: blocks.items().map(inlineRule), more: blocks.mayHaveMore() ? blocks : undefined }
    }
  }
}

function inlineRule(place: Place): IngressRule {
  return {
    ...ports(place, 'protocol'),
    cidrs: [
      { place: place.get('cidr_blocks'), family: 4 },
      { place: place.get('ipv6_cidr_blocks'), family: 6 },
    ],
    prefixLists: place.get('prefix_list_ids'),
  }
}

function ports(place: Place, protocol: string): Pick<IngressRule, 'place' | 'protocol' | 'from' | 'to'> {
  return { place, protocol: place.get(protocol), from: place.get('from_port'), to: place.get('to_port') }
}

const ALL_PROTOCOLS = new Set(['-1', 'all'])
/** IANA protocol numbers; AWS takes names and numbers. */
const PROTOCOL_NUMBERS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp' }

/** Whether a rule lets a whole range of ports through. */
export function lets(rule: IngressRule, range: PortRange): Tri {
  const protocol = rule.protocol.string()
  const everything = decide(protocol, isEveryProtocol)
  // With every protocol the ports do not count.
  if (everything === 'yes') return 'yes'
  const fits = decide(protocol, (name) => isEveryProtocol(name) || isAmong(name, range.protocols))
  if (fits === 'no') return 'no'
  const inside = portsSpan(rule, range)
  if (inside === 'no') return everything === 'no' ? 'no' : 'unknown'
  return fits === 'yes' ? inside : 'unknown'
}

function isEveryProtocol(name: string | undefined): boolean {
  return name !== undefined && ALL_PROTOCOLS.has(name.toLowerCase())
}

function isAmong(name: string | undefined, protocols: readonly string[]): boolean {
  if (name === undefined) return true
  return protocols.includes(PROTOCOL_NUMBERS[name] ?? name.toLowerCase())
}

function portsSpan({ from, to }: IngressRule, { low, high }: PortRange): Tri {
  if (low === high && isRefused(from, to, low)) return 'no'
  const first = decide(from.number(), (value) => value === undefined || value <= low)
  const last = decide(to.number(), (value) => value === undefined || value === -1 || value >= high)
  if (first === 'no' || last === 'no') return 'no'
  return first === 'yes' && last === 'yes' ? 'yes' : 'unknown'
}

/** `from_port` and `to_port` are one variable, whose validation refuses this port. */
function isRefused(from: Place, to: Place, wanted: number): boolean {
  const [a, b] = [from.unknown, to.unknown]
  return a?.rejects !== undefined && a.reason === b?.reason && a.rejects({ kind: 'number', value: wanted })
}
