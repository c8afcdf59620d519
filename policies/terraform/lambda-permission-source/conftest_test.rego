# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_lambda_permission_source_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lambda_permission" "sample" {
  principal = "apigateway.amazonaws.com"
}
`)
	count(deny_lambda_permission_source) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_lambda_permission_source_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lambda_permission" "sample" {
  principal  = "apigateway.amazonaws.com"
  source_arn = "arn:aws:execute-api:eu-central-1:123456789012:sample/*"
}
`)
	count(deny_lambda_permission_source) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
