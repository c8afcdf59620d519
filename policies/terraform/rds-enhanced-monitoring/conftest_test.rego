# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_enhanced_monitoring_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  monitoring_interval = 0
}
`)
	count(deny_rds_enhanced_monitoring) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_enhanced_monitoring_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  monitoring_interval = 60
}
`)
	count(deny_rds_enhanced_monitoring) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
