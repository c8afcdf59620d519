# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_kms_no_public_policy_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_kms_key_policy" "sample" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "kms:Decrypt"
      Resource  = "*"
    }]
  })
}
`)
	count(deny_kms_no_public_policy) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_kms_no_public_policy_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_kms_key_policy" "sample" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/sample" }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }]
  })
}
`)
	count(deny_kms_no_public_policy) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
