# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_alb_target_group_https_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lb_target_group" "sample" {
  protocol = "HTTP"
}
`)
	count(deny_alb_target_group_https) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_alb_target_group_https_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lb_target_group" "sample" {
  protocol = "HTTPS"
}
`)
	count(deny_alb_target_group_https) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
