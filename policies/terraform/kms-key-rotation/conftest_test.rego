# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_kms_key_rotation_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_kms_key" "sample" {
  enable_key_rotation = false
}
`)
	count(deny_kms_key_rotation) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_kms_key_rotation_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_kms_key" "sample" {
  enable_key_rotation = true
}
`)
	count(deny_kms_key_rotation) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
