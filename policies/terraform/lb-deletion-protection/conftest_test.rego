# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_lb_deletion_protection_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lb" "sample" {
  enable_deletion_protection = false
}
`)
	count(deny_lb_deletion_protection) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_lb_deletion_protection_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lb" "sample" {
  enable_deletion_protection = true
}
`)
	count(deny_lb_deletion_protection) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
