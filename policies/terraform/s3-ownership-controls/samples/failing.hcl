resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}

resource "aws_s3_bucket_ownership_controls" "sample" {
  bucket = aws_s3_bucket.sample.id

  rule {
    object_ownership = "ObjectWriter"
  }
}
