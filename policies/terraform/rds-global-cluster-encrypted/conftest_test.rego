# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_global_cluster_encrypted_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_rds_global_cluster" "sample" {
  storage_encrypted = false
}
`)
	count(deny_rds_global_cluster_encrypted) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_global_cluster_encrypted_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_rds_global_cluster" "sample" {
  storage_encrypted = true
}
`)
	count(deny_rds_global_cluster_encrypted) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
