# Network ACLs keep SSH from the internet away (network-acl-no-public-ssh).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_network_acl_no_public_ssh contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, entry, others] in tf_entries_network_acl_no_public_ssh
	not found.body.count == 0
	lower(tf_action_network_acl_no_public_ssh(entry)) == "allow"
	some ports in [{"low": 22, "high": 22, "protocols": ["tcp"]}]
	tf_reaches_network_acl_no_public_ssh(entry, ports)
	tf_is_internet_network_acl_no_public_ssh(tf_sources_network_acl_no_public_ssh(entry))
	count([other | some other in others; tf_may_refuse_network_acl_no_public_ssh(other, entry)]) == 0
	msg := sprintf("%v lets the whole internet through (ports %v to %v).", [found.address, ports.low, ports.high])
}

tf_entries_network_acl_no_public_ssh contains [found, entry, entries] if {
	some type in {"aws_network_acl", "aws_default_network_acl"}
	some found in tf_resources_network_acl_no_public_ssh(type)
	entries := tf_bodies_network_acl_no_public_ssh(found.body.ingress)
	some entry in entries
}

tf_entries_network_acl_no_public_ssh contains [found, found.body, entries] if {
	some found in tf_resources_network_acl_no_public_ssh("aws_network_acl_rule")
	tf_is_inbound_network_acl_no_public_ssh(found.body)
	entries := [other.body | some other in tf_resources_network_acl_no_public_ssh("aws_network_acl_rule"); tf_is_inbound_network_acl_no_public_ssh(other.body); other.body.network_acl_id == found.body.network_acl_id]
}

tf_is_inbound_network_acl_no_public_ssh(entry) if object.get(entry, "egress", false) in {false, "false"}

tf_action_network_acl_no_public_ssh(entry) := object.get(entry, "rule_action", object.get(entry, "action", ""))

tf_number_network_acl_no_public_ssh(entry) := to_number(object.get(entry, "rule_number", object.get(entry, "rule_no", 0)))

# What stands before it and does not allow for certain.
tf_may_refuse_network_acl_no_public_ssh(other, entry) if {
	lower(tf_action_network_acl_no_public_ssh(other)) != "allow"
	not tf_number_network_acl_no_public_ssh(other) >= tf_number_network_acl_no_public_ssh(entry)
}

tf_sources_network_acl_no_public_ssh(entry) := [source |
	some attribute in ["cidr_block", "ipv6_cidr_block"]
	source := entry[attribute]
]

tf_reaches_network_acl_no_public_ssh(rule, ports) if tf_protocol_network_acl_no_public_ssh(rule) in {"-1", "all"}

tf_reaches_network_acl_no_public_ssh(rule, ports) if {
	tf_protocol_network_acl_no_public_ssh(rule) in ports.protocols
	to_number(object.get(rule, "from_port", ports.low)) <= ports.low
	tf_last_network_acl_no_public_ssh(rule, ports) >= ports.high
}

tf_protocol_network_acl_no_public_ssh(rule) := object.get({"6": "tcp", "17": "udp"}, name, name) if {
	name := lower(sprintf("%v", [object.get(rule, "ip_protocol", object.get(rule, "protocol", "tcp"))]))
}

tf_last_network_acl_no_public_ssh(rule, ports) := object.get({-1: 65535}, last, last) if last := to_number(object.get(rule, "to_port", ports.high))

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_network_acl_no_public_ssh(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_network_acl_no_public_ssh(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_network_acl_no_public_ssh(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_network_acl_no_public_ssh(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_network_acl_no_public_ssh(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_network_acl_no_public_ssh(value) := value if is_array(value)

tf_bodies_network_acl_no_public_ssh(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_network_acl_no_public_ssh(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_network_acl_no_public_ssh(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_network_acl_no_public_ssh(value) := value if is_array(value)

tf_list_network_acl_no_public_ssh(value) := [value] if not is_array(value)

# Half of all addresses of a family, or more: 0.0.0.0/0, 0.0.0.0/1, or pieces that make them up.
tf_is_internet_network_acl_no_public_ssh(cidrs) if {
	pieces := [piece | some piece in tf_list_network_acl_no_public_ssh(cidrs); is_string(piece); net.cidr_is_valid(piece); not contains(piece, ":")]
	sum([size | some block in net.cidr_merge(pieces); size := bits.lsh(1, 32 - to_number(split(block, "/")[1]))]) >= 2147483648
}

tf_is_internet_network_acl_no_public_ssh(cidrs) if {
	some piece in tf_list_network_acl_no_public_ssh(cidrs)
	is_string(piece)
	net.cidr_is_valid(piece)
	contains(piece, ":")
	some half in {"2000::/4", "3000::/4"}
	net.cidr_contains(piece, half)
}

# Whether an action is among those that a statement names, wildcards and all.
tf_names_network_acl_no_public_ssh(statement, action) if {
	some pattern in statement.actions
	is_string(pattern)
	not tf_is_expression_network_acl_no_public_ssh(pattern)
	glob.match(lower(pattern), null, lower(action))
}

# A statement that refuses may take it away again.
tf_may_refuse_network_acl_no_public_ssh(all, action) if {
	some other in all
	other.effect != "Allow"
	tf_names_network_acl_no_public_ssh(other, action)
}

tf_may_refuse_network_acl_no_public_ssh(all, _) if {
	some other in all
	other.effect != "Allow"
	count(other.all_actions) > 0
}

tf_may_refuse_network_acl_no_public_ssh(all, _) if {
	some other in all
	other.effect != "Allow"
	tf_is_expression_network_acl_no_public_ssh(other.actions)
}
