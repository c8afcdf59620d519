# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_iam_no_iam_full_access_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_iam_role_policy_attachment" "sample" {
  role       = "sample"
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}
`)
	count(deny_iam_no_iam_full_access) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_iam_no_iam_full_access_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_iam_role_policy_attachment" "sample" {
  role       = "sample"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
`)
	count(deny_iam_no_iam_full_access) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
