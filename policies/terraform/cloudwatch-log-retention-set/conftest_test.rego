# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudwatch_log_retention_set_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudwatch_log_group" "sample" {
}
`)
	count(deny_cloudwatch_log_retention_set) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudwatch_log_retention_set_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudwatch_log_group" "sample" {
  retention_in_days = 90
}
`)
	count(deny_cloudwatch_log_retention_set) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
