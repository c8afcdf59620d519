# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudtrail_cloudwatch_logs_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
}
`)
	count(deny_cloudtrail_cloudwatch_logs) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudtrail_cloudwatch_logs_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
  cloud_watch_logs_group_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:sample:*"
}
`)
	count(deny_cloudtrail_cloudwatch_logs) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
