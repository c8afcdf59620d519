# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_lambda_no_public_permission_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lambda_permission" "sample" {
  principal = "*"
}
`)
	count(deny_lambda_no_public_permission) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_lambda_no_public_permission_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lambda_permission" "sample" {
  principal  = "*"
  source_arn = "arn:aws:execute-api:eu-central-1:123456789012:sample/*"
}
`)
	count(deny_lambda_no_public_permission) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
