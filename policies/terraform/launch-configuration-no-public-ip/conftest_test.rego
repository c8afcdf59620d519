# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_launch_configuration_no_public_ip_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_launch_configuration" "sample" {
  associate_public_ip_address = true
}
`)
	count(deny_launch_configuration_no_public_ip) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_launch_configuration_no_public_ip_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_launch_configuration" "sample" {
  associate_public_ip_address = false
}
`)
	count(deny_launch_configuration_no_public_ip) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
