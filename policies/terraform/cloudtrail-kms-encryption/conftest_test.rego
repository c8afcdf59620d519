# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudtrail_kms_encryption_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
}
`)
	count(deny_cloudtrail_kms_encryption) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudtrail_kms_encryption_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudtrail" "sample" {
  kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}
`)
	count(deny_cloudtrail_kms_encryption) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
