# Plain HTTP is open to the internet only on load balancers (security-group-no-public-http).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# A group that a load balancer may use is not judged, and only all files together tell: run with --combine.
# Its samples are those of the library.
package main

import rego.v1

deny_security_group_no_public_http contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, rule] in tf_rules_security_group_no_public_http
	not found.body.count == 0
	found.whole
	some ports in [{"low": 80, "high": 80, "protocols": ["tcp"]}]
	tf_reaches_security_group_no_public_http(rule, ports)
	tf_is_internet_security_group_no_public_http(tf_sources_security_group_no_public_http(rule))
	not tf_is_fronted_security_group_no_public_http(found)
	msg := sprintf("%v lets the whole internet in (ports %v to %v).", [found.address, ports.low, ports.high])
}

tf_rules_security_group_no_public_http contains [found, rule] if {
	some type in {"aws_security_group", "aws_default_security_group"}
	some found in tf_resources_security_group_no_public_http(type)
	some rule in tf_bodies_security_group_no_public_http(found.body.ingress)
}

tf_rules_security_group_no_public_http contains [found, found.body] if {
	some found in tf_resources_security_group_no_public_http("aws_security_group_rule")
	object.get(found.body, "type", "ingress") == "ingress"
}

tf_rules_security_group_no_public_http contains [found, found.body] if some found in tf_resources_security_group_no_public_http("aws_vpc_security_group_ingress_rule")

tf_sources_security_group_no_public_http(rule) := [source |
	some attribute in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"]
	some source in tf_list_security_group_no_public_http(rule[attribute])
]

tf_reaches_security_group_no_public_http(rule, ports) if tf_protocol_security_group_no_public_http(rule) in {"-1", "all"}

tf_reaches_security_group_no_public_http(rule, ports) if {
	tf_protocol_security_group_no_public_http(rule) in ports.protocols
	to_number(object.get(rule, "from_port", ports.low)) <= ports.low
	tf_last_security_group_no_public_http(rule, ports) >= ports.high
}

tf_protocol_security_group_no_public_http(rule) := object.get({"6": "tcp", "17": "udp"}, name, name) if {
	name := lower(sprintf("%v", [object.get(rule, "ip_protocol", object.get(rule, "protocol", "tcp"))]))
}

tf_last_security_group_no_public_http(rule, ports) := object.get({-1: 65535}, last, last) if last := to_number(object.get(rule, "to_port", ports.high))

tf_is_fronted_security_group_no_public_http(found) if {
	some type in {"aws_lb", "aws_alb", "aws_elb"}
	some balancer in tf_resources_security_group_no_public_http(type)
	some group in tf_list_security_group_no_public_http(balancer.body.security_groups)
	tf_may_guard_security_group_no_public_http(group, found)
}

tf_is_fronted_security_group_no_public_http(found) if tf_handed_on_security_group_no_public_http(found)

tf_may_guard_security_group_no_public_http(group, found) if tf_mentions_security_group_no_public_http(group, found.address)

tf_may_guard_security_group_no_public_http(group, found) if tf_mentions_security_group_no_public_http(group, tf_group_of_security_group_no_public_http(found.body))

tf_may_guard_security_group_no_public_http(group, _) if not contains(group, "aws_security_group.")

tf_group_of_security_group_no_public_http(rule) := regex.find_n(`aws_security_group\.[\w-]+`, rule.security_group_id, 1)[0]

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_security_group_no_public_http(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_security_group_no_public_http(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_security_group_no_public_http(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_security_group_no_public_http(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_modules_security_group_no_public_http := [found |
	some list in [[{"name": name, "folder": "", "whole": false, "body": body} |
		some name, value in input.module
		some body in tf_bodies_security_group_no_public_http(value)
	], [{"name": name, "folder": tf_folder_security_group_no_public_http(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.module
		some body in tf_bodies_security_group_no_public_http(value)
	]]
	some found in list
]

tf_folder_security_group_no_public_http(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_security_group_no_public_http(value) := value if is_array(value)

tf_bodies_security_group_no_public_http(value) := [value] if is_object(value)

tf_list_security_group_no_public_http(value) := value if is_array(value)

tf_list_security_group_no_public_http(value) := [value] if not is_array(value)

# Half of all addresses of a family, or more: 0.0.0.0/0, 0.0.0.0/1, or pieces that make them up.
tf_is_internet_security_group_no_public_http(cidrs) if {
	pieces := [piece | some piece in tf_list_security_group_no_public_http(cidrs); is_string(piece); net.cidr_is_valid(piece); not contains(piece, ":")]
	sum([size | some block in net.cidr_merge(pieces); size := bits.lsh(1, 32 - to_number(split(block, "/")[1]))]) >= 2147483648
}

tf_is_internet_security_group_no_public_http(cidrs) if {
	some piece in tf_list_security_group_no_public_http(cidrs)
	is_string(piece)
	net.cidr_is_valid(piece)
	contains(piece, ":")
	some half in {"2000::/4", "3000::/4"}
	net.cidr_contains(piece, half)
}

tf_mentions_security_group_no_public_http(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

# A module that is given the resource may do with it what is asked for.
tf_handed_on_security_group_no_public_http(found) if {
	some call in tf_modules_security_group_no_public_http
	call.folder == found.folder
	walk(call.body, [_, value])
	is_string(value)
	tf_mentions_security_group_no_public_http(value, found.address)
}
