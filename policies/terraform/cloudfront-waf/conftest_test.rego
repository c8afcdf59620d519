# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudfront_waf_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
}
`)
	count(deny_cloudfront_waf) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudfront_waf_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
  web_acl_id = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/sample/00000000-0000-0000-0000-000000000000"
}
`)
	count(deny_cloudfront_waf) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
