# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_iam_role_no_public_trust_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_iam_role" "sample" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "sts:AssumeRole"
    }]
  })
}
`)
	count(deny_iam_role_no_public_trust) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_iam_role_no_public_trust_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_iam_role" "sample" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/sample" }
      Action    = "sts:AssumeRole"
    }]
  })
}
`)
	count(deny_iam_role_no_public_trust) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
