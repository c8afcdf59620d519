# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_kms_key_policy_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_kms_key" "sample" {
  enable_key_rotation = true
}
`)
	count(deny_kms_key_policy) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_kms_key_policy_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_kms_key" "sample" {
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "sample" {
  key_id = aws_kms_key.sample.key_id
  policy = data.aws_iam_policy_document.sample.json
}
`)
	count(deny_kms_key_policy) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
