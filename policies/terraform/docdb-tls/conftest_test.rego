# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_docdb_tls_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_docdb_cluster_parameter_group" "sample" {
  parameter {
    name  = "tls"
    value = "disabled"
  }
}
`)
	count(deny_docdb_tls) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_docdb_tls_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_docdb_cluster_parameter_group" "sample" {
  parameter {
    name  = "tls"
    value = "enabled"
  }
}
`)
	count(deny_docdb_tls) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
