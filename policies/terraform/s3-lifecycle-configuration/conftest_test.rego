# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_s3_lifecycle_configuration_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}

resource "aws_s3_bucket_lifecycle_configuration" "sample" {
  bucket = aws_s3_bucket.sample.id

  rule {
    id     = "old"
    status = "Disabled"
  }
}
`)
	count(deny_s3_lifecycle_configuration) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_s3_lifecycle_configuration_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}

resource "aws_s3_bucket_lifecycle_configuration" "sample" {
  bucket = aws_s3_bucket.sample.id

  rule {
    id     = "old"
    status = "Enabled"
  }
}
`)
	count(deny_s3_lifecycle_configuration) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
