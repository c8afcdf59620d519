# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_encryption_in_transit_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_parameter_group" "sample" {
  family = "postgres14"

  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}
`)
	count(deny_rds_encryption_in_transit) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_encryption_in_transit_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_parameter_group" "sample" {
  family = "postgres14"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}
`)
	count(deny_rds_encryption_in_transit) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
