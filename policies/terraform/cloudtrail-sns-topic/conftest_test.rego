# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudtrail_sns_topic_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
}
`)
	count(deny_cloudtrail_sns_topic) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudtrail_sns_topic_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
  sns_topic_name = "sample"
}
`)
	count(deny_cloudtrail_sns_topic) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
