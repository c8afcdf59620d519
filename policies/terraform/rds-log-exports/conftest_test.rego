# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_log_exports_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  enabled_cloudwatch_logs_exports = []
}
`)
	count(deny_rds_log_exports) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_log_exports_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  enabled_cloudwatch_logs_exports = ["postgresql"]
}
`)
	count(deny_rds_log_exports) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
