# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_s3_policy_no_lockout_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket_policy" "sample" {
  bucket = "sample"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::sample", "arn:aws:s3:::sample/*"]
    }]
  })
}
`)
	count(deny_s3_policy_no_lockout) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_s3_policy_no_lockout_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket_policy" "sample" {
  bucket = "sample"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::sample", "arn:aws:s3:::sample/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
`)
	count(deny_s3_policy_no_lockout) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
