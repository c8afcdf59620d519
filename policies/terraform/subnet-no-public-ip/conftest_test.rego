# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_subnet_no_public_ip_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_subnet" "sample" {
  map_public_ip_on_launch = true
}
`)
	count(deny_subnet_no_public_ip) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_subnet_no_public_ip_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_subnet" "sample" {
  map_public_ip_on_launch = false
}
`)
	count(deny_subnet_no_public_ip) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
