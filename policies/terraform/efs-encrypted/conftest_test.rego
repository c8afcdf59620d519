# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_efs_encrypted_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_efs_file_system" "sample" {
  encrypted = false
}
`)
	count(deny_efs_encrypted) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_efs_encrypted_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_efs_file_system" "sample" {
  encrypted = true
}
`)
	count(deny_efs_encrypted) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
