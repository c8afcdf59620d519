# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudtrail_multi_region_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
  is_multi_region_trail = false
}
`)
	count(deny_cloudtrail_multi_region) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudtrail_multi_region_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
  is_multi_region_trail = true
}
`)
	count(deny_cloudtrail_multi_region) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
