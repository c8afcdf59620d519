resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}

resource "aws_s3_bucket_logging" "sample" {
  bucket        = aws_s3_bucket.sample.id
  target_bucket = "sample-logs"
  target_prefix = "sample/"
}
