# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_vpc_flow_logs_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_vpc" "sample" {
  cidr_block = "10.0.0.0/16"
}
`)
	count(deny_vpc_flow_logs) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_vpc_flow_logs_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_vpc" "sample" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "sample" {
  vpc_id          = aws_vpc.sample.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:sample"
}
`)
	count(deny_vpc_flow_logs) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
