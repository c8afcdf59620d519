# Database ports are not open to the internet (security-group-no-public-database-ports).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_security_group_no_public_database_ports contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, rule] in tf_rules_security_group_no_public_database_ports
	not found.body.count == 0
	some ports in [{"low": 3306, "high": 3306, "protocols": ["tcp"]}, {"low": 5432, "high": 5432, "protocols": ["tcp"]}, {"low": 1433, "high": 1433, "protocols": ["tcp"]}, {"low": 1521, "high": 1521, "protocols": ["tcp"]}, {"low": 2484, "high": 2484, "protocols": ["tcp"]}, {"low": 50000, "high": 50000, "protocols": ["tcp"]}, {"low": 5439, "high": 5439, "protocols": ["tcp"]}, {"low": 27017, "high": 27017, "protocols": ["tcp"]}, {"low": 9042, "high": 9042, "protocols": ["tcp"]}, {"low": 8182, "high": 8182, "protocols": ["tcp"]}, {"low": 6379, "high": 6379, "protocols": ["tcp"]}, {"low": 9200, "high": 9200, "protocols": ["tcp"]}, {"low": 9300, "high": 9300, "protocols": ["tcp"]}, {"low": 11211, "high": 11211, "protocols": ["tcp","udp"]}]
	tf_reaches_security_group_no_public_database_ports(rule, ports)
	tf_is_internet_security_group_no_public_database_ports(tf_sources_security_group_no_public_database_ports(rule))
	msg := sprintf("%v lets the whole internet in (ports %v to %v).", [found.address, ports.low, ports.high])
}

tf_rules_security_group_no_public_database_ports contains [found, rule] if {
	some type in {"aws_security_group", "aws_default_security_group"}
	some found in tf_resources_security_group_no_public_database_ports(type)
	some rule in tf_bodies_security_group_no_public_database_ports(found.body.ingress)
}

tf_rules_security_group_no_public_database_ports contains [found, found.body] if {
	some found in tf_resources_security_group_no_public_database_ports("aws_security_group_rule")
	object.get(found.body, "type", "ingress") == "ingress"
}

tf_rules_security_group_no_public_database_ports contains [found, found.body] if some found in tf_resources_security_group_no_public_database_ports("aws_vpc_security_group_ingress_rule")

tf_sources_security_group_no_public_database_ports(rule) := [source |
	some attribute in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"]
	some source in tf_list_security_group_no_public_database_ports(rule[attribute])
]

tf_reaches_security_group_no_public_database_ports(rule, ports) if tf_protocol_security_group_no_public_database_ports(rule) in {"-1", "all"}

tf_reaches_security_group_no_public_database_ports(rule, ports) if {
	tf_protocol_security_group_no_public_database_ports(rule) in ports.protocols
	to_number(object.get(rule, "from_port", ports.low)) <= ports.low
	tf_last_security_group_no_public_database_ports(rule, ports) >= ports.high
}

tf_protocol_security_group_no_public_database_ports(rule) := object.get({"6": "tcp", "17": "udp"}, name, name) if {
	name := lower(sprintf("%v", [object.get(rule, "ip_protocol", object.get(rule, "protocol", "tcp"))]))
}

tf_last_security_group_no_public_database_ports(rule, ports) := object.get({-1: 65535}, last, last) if last := to_number(object.get(rule, "to_port", ports.high))

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_security_group_no_public_database_ports(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_security_group_no_public_database_ports(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_security_group_no_public_database_ports(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_security_group_no_public_database_ports(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_security_group_no_public_database_ports(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_security_group_no_public_database_ports(value) := value if is_array(value)

tf_bodies_security_group_no_public_database_ports(value) := [value] if is_object(value)

tf_list_security_group_no_public_database_ports(value) := value if is_array(value)

tf_list_security_group_no_public_database_ports(value) := [value] if not is_array(value)

# Half of all addresses of a family, or more: 0.0.0.0/0, 0.0.0.0/1, or pieces that make them up.
tf_is_internet_security_group_no_public_database_ports(cidrs) if {
	pieces := [piece | some piece in tf_list_security_group_no_public_database_ports(cidrs); is_string(piece); net.cidr_is_valid(piece); not contains(piece, ":")]
	sum([size | some block in net.cidr_merge(pieces); size := bits.lsh(1, 32 - to_number(split(block, "/")[1]))]) >= 2147483648
}

tf_is_internet_security_group_no_public_database_ports(cidrs) if {
	some piece in tf_list_security_group_no_public_database_ports(cidrs)
	is_string(piece)
	net.cidr_is_valid(piece)
	contains(piece, ":")
	some half in {"2000::/4", "3000::/4"}
	net.cidr_contains(piece, half)
}
