# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_lambda_tracing_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lambda_function" "sample" {
}
`)
	count(deny_lambda_tracing) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_lambda_tracing_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lambda_function" "sample" {
  tracing_config {
    mode = "Active"
  }
}
`)
	count(deny_lambda_tracing) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
