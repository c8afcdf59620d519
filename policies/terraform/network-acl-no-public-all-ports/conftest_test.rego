# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_network_acl_no_public_all_ports_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_network_acl" "sample" {
  vpc_id = "vpc-00000000000000000"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
}
`)
	count(deny_network_acl_no_public_all_ports) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_network_acl_no_public_all_ports_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_network_acl" "sample" {
  vpc_id = "vpc-00000000000000000"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
}
`)
	count(deny_network_acl_no_public_all_ports) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
