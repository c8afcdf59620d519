# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_iam_no_full_iam_access_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_iam_policy" "sample" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:*"]
      Resource = "*"
    }]
  })
}
`)
	count(deny_iam_no_full_iam_access) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_iam_no_full_iam_access_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_iam_policy" "sample" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::sample/*"]
    }]
  })
}
`)
	count(deny_iam_no_full_iam_access) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
