# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_waf_logging_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_wafv2_web_acl" "sample" {
  scope = "REGIONAL"
}
`)
	count(deny_waf_logging) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_waf_logging_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_wafv2_web_acl" "sample" {
  scope = "REGIONAL"
}

resource "aws_wafv2_web_acl_logging_configuration" "sample" {
  resource_arn = aws_wafv2_web_acl.sample.arn
}
`)
	count(deny_waf_logging) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
