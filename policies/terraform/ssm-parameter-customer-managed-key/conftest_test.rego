# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ssm_parameter_customer_managed_key_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ssm_parameter" "sample" {
}
`)
	count(deny_ssm_parameter_customer_managed_key) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ssm_parameter_customer_managed_key_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ssm_parameter" "sample" {
  key_id = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}
`)
	count(deny_ssm_parameter_customer_managed_key) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
