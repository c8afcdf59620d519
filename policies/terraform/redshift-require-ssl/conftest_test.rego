# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_redshift_require_ssl_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_redshift_parameter_group" "sample" {
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "false"
  }
}
`)
	count(deny_redshift_require_ssl) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_redshift_require_ssl_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_redshift_parameter_group" "sample" {
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "true"
  }
}
`)
	count(deny_redshift_require_ssl) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
