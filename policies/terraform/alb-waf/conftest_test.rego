# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_alb_waf_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lb" "sample" {
  load_balancer_type = "application"
}
`)
	count(deny_alb_waf) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_alb_waf_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lb" "sample" {
  load_balancer_type = "application"
}

resource "aws_wafv2_web_acl_association" "sample" {
  resource_arn = aws_lb.sample.arn
  web_acl_arn  = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/sample/00000000-0000-0000-0000-000000000000"
}
`)
	count(deny_alb_waf) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
