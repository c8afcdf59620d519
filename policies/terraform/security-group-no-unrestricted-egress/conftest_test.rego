# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_security_group_no_unrestricted_egress_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_security_group" "sample" {
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`)
	count(deny_security_group_no_unrestricted_egress) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_security_group_no_unrestricted_egress_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_security_group" "sample" {
  egress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`)
	count(deny_security_group_no_unrestricted_egress) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
