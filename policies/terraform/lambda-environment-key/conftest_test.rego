# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_lambda_environment_key_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lambda_function" "sample" {
  environment {
    variables = { STAGE = "test" }
  }
}
`)
	count(deny_lambda_environment_key) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_lambda_environment_key_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lambda_function" "sample" {
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"

  environment {
    variables = { STAGE = "test" }
  }
}
`)
	count(deny_lambda_environment_key) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
