# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_security_group_no_public_ssh_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_security_group" "sample" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`)
	count(deny_security_group_no_public_ssh) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_security_group_no_public_ssh_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_security_group" "sample" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.0/24"]
  }
}
`)
	count(deny_security_group_no_public_ssh) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
