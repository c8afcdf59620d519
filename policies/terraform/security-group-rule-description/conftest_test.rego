# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_security_group_rule_description_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_security_group" "sample" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }
}
`)
	count(deny_security_group_rule_description) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_security_group_rule_description_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_security_group" "sample" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
    description = "HTTPS from inside"
  }
}
`)
	count(deny_security_group_rule_description) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
