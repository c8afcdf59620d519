# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_snapshot_not_public_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_snapshot" "sample" {
  shared_accounts = ["all"]
}
`)
	count(deny_rds_snapshot_not_public) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_snapshot_not_public_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_snapshot" "sample" {
  shared_accounts = ["123456789012"]
}
`)
	count(deny_rds_snapshot_not_public) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
