# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_s3_no_public_acl_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket_acl" "sample" {
  bucket = "sample"
  acl    = "public-read"
}
`)
	count(deny_s3_no_public_acl) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_s3_no_public_acl_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket_acl" "sample" {
  bucket = "sample"
  acl    = "private"
}
`)
	count(deny_s3_no_public_acl) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
