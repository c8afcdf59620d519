resource "aws_s3_bucket_lifecycle_configuration" "sample" {
  bucket = "sample"

  rule {
    status = "Enabled"

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
