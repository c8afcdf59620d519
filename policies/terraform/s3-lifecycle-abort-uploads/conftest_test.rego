# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_s3_lifecycle_abort_uploads_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket_lifecycle_configuration" "sample" {
  bucket = "sample"

  rule {
    status = "Enabled"

    abort_incomplete_multipart_upload {
    }
  }
}
`)
	count(deny_s3_lifecycle_abort_uploads) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_s3_lifecycle_abort_uploads_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_s3_bucket_lifecycle_configuration" "sample" {
  bucket = "sample"

  rule {
    status = "Enabled"

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
`)
	count(deny_s3_lifecycle_abort_uploads) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
