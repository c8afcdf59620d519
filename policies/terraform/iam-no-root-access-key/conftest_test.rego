# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_iam_no_root_access_key_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_iam_access_key" "sample" {
  user = "root"
}
`)
	count(deny_iam_no_root_access_key) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_iam_no_root_access_key_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_iam_access_key" "sample" {
  user = "sample"
}
`)
	count(deny_iam_no_root_access_key) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
