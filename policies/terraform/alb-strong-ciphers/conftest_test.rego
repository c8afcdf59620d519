# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_alb_strong_ciphers_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lb_listener" "sample" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS-1-2-2017-01"
}
`)
	count(deny_alb_strong_ciphers) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_alb_strong_ciphers_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lb_listener" "sample" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}
`)
	count(deny_alb_strong_ciphers) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
