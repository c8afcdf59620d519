# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_lambda_url_authentication_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lambda_function_url" "sample" {
  authorization_type = "NONE"
}
`)
	count(deny_lambda_url_authentication) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_lambda_url_authentication_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lambda_function_url" "sample" {
  authorization_type = "AWS_IAM"
}
`)
	count(deny_lambda_url_authentication) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
