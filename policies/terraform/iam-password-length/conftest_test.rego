# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_iam_password_length_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_iam_account_password_policy" "sample" {
  minimum_password_length = 8
}
`)
	count(deny_iam_password_length) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_iam_password_length_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_iam_account_password_policy" "sample" {
  minimum_password_length = 14
}
`)
	count(deny_iam_password_length) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
