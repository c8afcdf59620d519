package main

admin_ports := {22, 3389, 5432, 3306, 6379}

deny contains msg if {
	some name, groups in input.resource.aws_security_group
	some group in groups
	some rule in group.ingress
	some cidr in rule.cidr_blocks
	net.cidr_contains(cidr, "8.8.8.8")
	some port in admin_ports
	rule.from_port <= port
	port <= rule.to_port
	msg := sprintf("aws_security_group.%s opens %d to %s", [name, port, cidr])
}

deny contains msg if {
	some name, groups in input.resource.aws_security_group
	some group in groups
	not group.description
	msg := sprintf("aws_security_group.%s has no description", [name])
}
