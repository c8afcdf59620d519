# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_s3_bucket_encryption_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "sample" {
  bucket = aws_s3_bucket.sample.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "none"
    }
  }
}
`)
	count(deny_s3_bucket_encryption) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_s3_bucket_encryption_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "sample" {
  bucket = aws_s3_bucket.sample.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
`)
	count(deny_s3_bucket_encryption) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
