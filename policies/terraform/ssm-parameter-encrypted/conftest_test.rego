# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ssm_parameter_encrypted_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ssm_parameter" "sample" {
  type = "String"
}
`)
	count(deny_ssm_parameter_encrypted) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ssm_parameter_encrypted_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ssm_parameter" "sample" {
  type = "SecureString"
}
`)
	count(deny_ssm_parameter_encrypted) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
