# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudwatch_log_encryption_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudwatch_log_group" "sample" {
}
`)
	count(deny_cloudwatch_log_encryption) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudwatch_log_encryption_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudwatch_log_group" "sample" {
  kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}
`)
	count(deny_cloudwatch_log_encryption) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
