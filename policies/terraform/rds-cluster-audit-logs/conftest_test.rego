# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_cluster_audit_logs_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_rds_cluster" "sample" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["error"]
}
`)
	count(deny_rds_cluster_audit_logs) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_cluster_audit_logs_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_rds_cluster" "sample" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["audit", "error"]
}
`)
	count(deny_rds_cluster_audit_logs) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
