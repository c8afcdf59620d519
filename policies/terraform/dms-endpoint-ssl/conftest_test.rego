# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_dms_endpoint_ssl_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_dms_endpoint" "sample" {
  engine_name = "postgres"
  ssl_mode    = "none"
}
`)
	count(deny_dms_endpoint_ssl) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_dms_endpoint_ssl_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_dms_endpoint" "sample" {
  engine_name = "postgres"
  ssl_mode    = "verify-full"
}
`)
	count(deny_dms_endpoint_ssl) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
