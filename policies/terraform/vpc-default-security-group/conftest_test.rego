# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_vpc_default_security_group_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_vpc" "sample" {
  cidr_block = "10.0.0.0/16"
}
`)
	count(deny_vpc_default_security_group) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_vpc_default_security_group_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_vpc" "sample" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "sample" {
  vpc_id = aws_vpc.sample.id
}
`)
	count(deny_vpc_default_security_group) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
