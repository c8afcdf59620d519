resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}

resource "aws_s3_bucket_lifecycle_configuration" "sample" {
  bucket = aws_s3_bucket.sample.id

  rule {
    id     = "old"
    status = "Disabled"
  }
}
