# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_iam_document_no_public_principal_denies_what_fails if {
	contents := parse_config("hcl2", `data "aws_iam_policy_document" "sample" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::sample/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
`)
	count(deny_iam_document_no_public_principal) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_iam_document_no_public_principal_passes_what_is_right if {
	contents := parse_config("hcl2", `data "aws_iam_policy_document" "sample" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::sample/*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:role/sample"]
    }
  }
}
`)
	count(deny_iam_document_no_public_principal) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
