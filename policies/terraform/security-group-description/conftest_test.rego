# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_security_group_description_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_security_group" "sample" {
  description = "Managed by Terraform"
}
`)
	count(deny_security_group_description) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_security_group_description_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_security_group" "sample" {
  description = "Lets the load balancer reach the application"
}
`)
	count(deny_security_group_description) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
