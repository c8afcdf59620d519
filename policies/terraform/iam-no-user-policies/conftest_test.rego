# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_iam_no_user_policies_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_iam_user_policy_attachment" "sample" {
  user       = "sample"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
`)
	count(deny_iam_no_user_policies) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_iam_no_user_policies_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_iam_group_policy_attachment" "sample" {
  group      = "sample"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
`)
	count(deny_iam_no_user_policies) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
