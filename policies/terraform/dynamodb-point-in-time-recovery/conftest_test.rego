# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_dynamodb_point_in_time_recovery_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_dynamodb_table" "sample" {
  point_in_time_recovery {
    enabled = false
  }
}
`)
	count(deny_dynamodb_point_in_time_recovery) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_dynamodb_point_in_time_recovery_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_dynamodb_table" "sample" {
  point_in_time_recovery {
    enabled = true
  }
}
`)
	count(deny_dynamodb_point_in_time_recovery) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
