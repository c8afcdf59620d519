# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_s3_access_point_public_access_block_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_s3_access_point" "sample" {
  public_access_block_configuration {
    block_public_acls = false
  }
}
`)
	count(deny_s3_access_point_public_access_block) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_s3_access_point_public_access_block_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_s3_access_point" "sample" {
  public_access_block_configuration {
    block_public_acls = true
  }
}
`)
	count(deny_s3_access_point_public_access_block) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
