# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_s3_access_logging_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}
`)
	count(deny_s3_access_logging) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_s3_access_logging_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}

resource "aws_s3_bucket_logging" "sample" {
  bucket        = aws_s3_bucket.sample.id
  target_bucket = "sample-logs"
  target_prefix = "sample/"
}
`)
	count(deny_s3_access_logging) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
