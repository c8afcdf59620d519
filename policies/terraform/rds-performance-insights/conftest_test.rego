# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_performance_insights_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  performance_insights_enabled = false
}
`)
	count(deny_rds_performance_insights) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_performance_insights_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  performance_insights_enabled = true
}
`)
	count(deny_rds_performance_insights) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
