# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_iam_password_number_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_iam_account_password_policy" "sample" {
  require_numbers = false
}
`)
	count(deny_iam_password_number) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_iam_password_number_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_iam_account_password_policy" "sample" {
  require_numbers = true
}
`)
	count(deny_iam_password_number) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
