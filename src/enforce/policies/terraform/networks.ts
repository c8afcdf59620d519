import { type Written } from './model.ts'

interface Ports {
  readonly low: number
  readonly high: number
  readonly protocols: readonly ('tcp' | 'udp')[]
}

export function port(low: number, ...protocols: readonly ('tcp' | 'udp')[]): Ports {
  return { low, high: low, protocols: protocols.length === 0 ? ['tcp'] : protocols }
}

export const EVERY_PORT: Ports = { low: 1, high: 65_535, protocols: ['tcp', 'udp'] }

const REACHES = `
tf_reaches(rule, ports) if tf_protocol(rule) in {"-1", "all"}

tf_reaches(rule, ports) if {
	tf_protocol(rule) in ports.protocols
	to_number(object.get(rule, "from_port", ports.low)) <= ports.low
	tf_last(rule, ports) >= ports.high
}

tf_protocol(rule) := object.get({"6": "tcp", "17": "udp"}, name, name) if {
	name := lower(sprintf("%v", [object.get(rule, "ip_protocol", object.get(rule, "protocol", "tcp"))]))
}

tf_last(rule, ports) := object.get({-1: 65535}, last, last) if last := to_number(object.get(rule, "to_port", ports.high))
`.trim()

function portsList(guarded: readonly Ports[]): string {
  return `[${guarded.map(({ low, high, protocols }) => `{"low": ${low}, "high": ${high}, "protocols": ${JSON.stringify(protocols)}}`).join(', ')}]`
}

/** No rule of a security group, in any of its three spellings, opens one of these ports to the internet. */
export function securityGroup(
  direction: 'ingress' | 'egress',
  guarded: readonly Ports[],
  extra: { readonly unlessFronted?: true } = {},
): Written {
  const public_ = direction === 'ingress' ? 'lets the whole internet in' : 'lets everything out to the whole internet'
  return {
    kind: 'written',
    rego: `
violation contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, rule] in tf_rules
	not found.body.count == 0${extra.unlessFronted ? '\n\tfound.whole' : ''}
	some ports in ${portsList(guarded)}
	tf_reaches(rule, ports)
	tf_is_internet(tf_sources(rule))${extra.unlessFronted ? '\n\tnot tf_is_fronted(found)' : ''}
	msg := sprintf("%v ${public_} (ports %v to %v).", [found.address, ports.low, ports.high])
}

tf_rules contains [found, rule] if {
	some type in {"aws_security_group", "aws_default_security_group"}
	some found in tf_resources(type)
	some rule in tf_bodies(found.body.${direction})
}

tf_rules contains [found, found.body] if {
	some found in tf_resources("aws_security_group_rule")
	object.get(found.body, "type", "ingress") == "${direction}"
}

tf_rules contains [found, found.body] if some found in tf_resources("aws_vpc_security_group_${direction}_rule")

tf_sources(rule) := [source |
	some attribute in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"]
	some source in tf_list(rule[attribute])
]

${REACHES}
${extra.unlessFronted ? FRONTED : ''}`.trim(),
  }
}

/** Ports that public load balancers need: whatever a balancer may use is left to people. */
const FRONTED = `
tf_is_fronted(found) if {
	some type in {"aws_lb", "aws_alb", "aws_elb"}
	some balancer in tf_resources(type)
	some group in tf_list(balancer.body.security_groups)
	tf_may_guard(group, found)
}

tf_is_fronted(found) if tf_handed_on(found)

tf_may_guard(group, found) if tf_mentions(group, found.address)

tf_may_guard(group, found) if tf_mentions(group, tf_group_of(found.body))

tf_may_guard(group, _) if not contains(group, "aws_security_group.")

tf_group_of(rule) := regex.find_n(\`aws_security_group\\.[\\w-]+\`, rule.security_group_id, 1)[0]
`

/** No entry of a network ACL lets the internet through to all of these ports, unless one before it refuses. */
export function networkAcl(guarded: Ports): Written {
  return {
    kind: 'written',
    rego: `
violation contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, entry, others] in tf_entries
	not found.body.count == 0
	lower(tf_action(entry)) == "allow"
	some ports in ${portsList([guarded])}
	tf_reaches(entry, ports)
	tf_is_internet(tf_sources(entry))
	count([other | some other in others; tf_may_refuse(other, entry)]) == 0
	msg := sprintf("%v lets the whole internet through (ports %v to %v).", [found.address, ports.low, ports.high])
}

tf_entries contains [found, entry, entries] if {
	some type in {"aws_network_acl", "aws_default_network_acl"}
	some found in tf_resources(type)
	entries := tf_bodies(found.body.ingress)
	some entry in entries
}

tf_entries contains [found, found.body, entries] if {
	some found in tf_resources("aws_network_acl_rule")
	tf_is_inbound(found.body)
	entries := [other.body | some other in tf_resources("aws_network_acl_rule"); tf_is_inbound(other.body); other.body.network_acl_id == found.body.network_acl_id]
}

tf_is_inbound(entry) if object.get(entry, "egress", false) in {false, "false"}

tf_action(entry) := object.get(entry, "rule_action", object.get(entry, "action", ""))

tf_number(entry) := to_number(object.get(entry, "rule_number", object.get(entry, "rule_no", 0)))

# What stands before it and does not allow for certain.
tf_may_refuse(other, entry) if {
	lower(tf_action(other)) != "allow"
	not tf_number(other) >= tf_number(entry)
}

tf_sources(entry) := [source |
	some attribute in ["cidr_block", "ipv6_cidr_block"]
	source := entry[attribute]
]

${REACHES}`.trim(),
  }
}
