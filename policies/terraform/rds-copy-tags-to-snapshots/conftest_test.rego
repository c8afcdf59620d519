# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_copy_tags_to_snapshots_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  copy_tags_to_snapshot = false
}
`)
	count(deny_rds_copy_tags_to_snapshots) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_copy_tags_to_snapshots_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  copy_tags_to_snapshot = true
}
`)
	count(deny_rds_copy_tags_to_snapshots) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
