# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_backup_retention_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  backup_retention_period = 1
}
`)
	count(deny_rds_backup_retention) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_backup_retention_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  backup_retention_period = 7
}
`)
	count(deny_rds_backup_retention) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
