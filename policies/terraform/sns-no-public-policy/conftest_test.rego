# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_sns_no_public_policy_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_sns_topic_policy" "sample" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = "*"
    }]
  })
}
`)
	count(deny_sns_no_public_policy) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_sns_no_public_policy_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_sns_topic_policy" "sample" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/sample" }
      Action    = "sns:Publish"
      Resource  = "*"
    }]
  })
}
`)
	count(deny_sns_no_public_policy) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
