# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_network_acl_no_public_ssh_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_network_acl" "sample" {
  vpc_id = "vpc-00000000000000000"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
}
`)
	count(deny_network_acl_no_public_ssh) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_network_acl_no_public_ssh_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_network_acl" "sample" {
  vpc_id = "vpc-00000000000000000"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "203.0.113.0/24"
  }
}
`)
	count(deny_network_acl_no_public_ssh) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
