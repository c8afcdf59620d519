# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_no_hardcoded_password_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  password = "not-shown"
}
`)
	count(deny_rds_no_hardcoded_password) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_no_hardcoded_password_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  password = random_password.sample.result
}
`)
	count(deny_rds_no_hardcoded_password) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
