# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudtrail_log_file_validation_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
  enable_log_file_validation = false
}
`)
	count(deny_cloudtrail_log_file_validation) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudtrail_log_file_validation_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
  enable_log_file_validation = true
}
`)
	count(deny_cloudtrail_log_file_validation) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
