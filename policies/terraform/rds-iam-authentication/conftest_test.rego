# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_iam_authentication_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  engine                              = "postgres"
  iam_database_authentication_enabled = false
}
`)
	count(deny_rds_iam_authentication) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_iam_authentication_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  engine                              = "postgres"
  iam_database_authentication_enabled = true
}
`)
	count(deny_rds_iam_authentication) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
