# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ebs_default_encryption_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ebs_encryption_by_default" "sample" {
  enabled = false
}
`)
	count(deny_ebs_default_encryption) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ebs_default_encryption_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ebs_encryption_by_default" "sample" {
  enabled = true
}
`)
	count(deny_ebs_default_encryption) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
