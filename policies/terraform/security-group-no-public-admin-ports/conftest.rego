# Nobody reaches SSH, RDP or a database from the whole internet (security-group-no-public-ssh, security-group-no-public-rdp, security-group-no-public-database-ports, security-group-no-public-all-ports).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_security_group_no_public_admin_ports contains {"msg": msg, "details": {"address": address}} if {
	some [address, block] in tf_open_rules_security_group_no_public_admin_ports
	some port in {22, 1433, 1521, 3306, 3389, 5432, 6379, 9200, 27017}
	tf_reaches_security_group_no_public_admin_ports(block, port)
	msg := sprintf("%v lets the whole internet reach port %v.", [address, port])
}

tf_open_rules_security_group_no_public_admin_ports contains [address, block] if {
	some found in tf_resources_security_group_no_public_admin_ports("aws_security_group")
	some block in tf_bodies_security_group_no_public_admin_ports(found.body.ingress)
	tf_is_public_security_group_no_public_admin_ports(block)
	address := sprintf("aws_security_group.%v", [found.name])
}

tf_open_rules_security_group_no_public_admin_ports contains [address, found.body] if {
	some found in tf_resources_security_group_no_public_admin_ports("aws_security_group_rule")
	found.body.type == "ingress"
	tf_is_public_security_group_no_public_admin_ports(found.body)
	address := sprintf("aws_security_group_rule.%v", [found.name])
}

tf_open_rules_security_group_no_public_admin_ports contains [address, found.body] if {
	some found in tf_resources_security_group_no_public_admin_ports("aws_vpc_security_group_ingress_rule")
	tf_is_public_security_group_no_public_admin_ports(found.body)
	address := sprintf("aws_vpc_security_group_ingress_rule.%v", [found.name])
}

tf_is_public_security_group_no_public_admin_ports(block) if block.cidr_blocks[_] in {"0.0.0.0/0", "::/0"}

tf_is_public_security_group_no_public_admin_ports(block) if block.ipv6_cidr_blocks[_] == "::/0"

tf_is_public_security_group_no_public_admin_ports(block) if block.cidr_ipv4 == "0.0.0.0/0"

tf_is_public_security_group_no_public_admin_ports(block) if block.cidr_ipv6 == "::/0"

tf_reaches_security_group_no_public_admin_ports(block, _) if tf_protocol_security_group_no_public_admin_ports(block) in {"-1", "all"}

tf_reaches_security_group_no_public_admin_ports(block, port) if {
	to_number(block.from_port) <= port
	port <= to_number(block.to_port)
}

tf_protocol_security_group_no_public_admin_ports(block) := sprintf("%v", [block.protocol])

tf_protocol_security_group_no_public_admin_ports(block) := sprintf("%v", [block.ip_protocol]) if not block.protocol

tf_resources_security_group_no_public_admin_ports(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_security_group_no_public_admin_ports(value)
]

tf_bodies_security_group_no_public_admin_ports(value) := value if is_array(value)

tf_bodies_security_group_no_public_admin_ports(value) := [value] if is_object(value)
