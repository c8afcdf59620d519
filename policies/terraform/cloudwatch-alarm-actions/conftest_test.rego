# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudwatch_alarm_actions_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudwatch_metric_alarm" "sample" {
  actions_enabled = false
}
`)
	count(deny_cloudwatch_alarm_actions) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudwatch_alarm_actions_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudwatch_metric_alarm" "sample" {
  actions_enabled = true
}
`)
	count(deny_cloudwatch_alarm_actions) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
