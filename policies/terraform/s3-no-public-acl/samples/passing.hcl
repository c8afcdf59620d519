resource "aws_s3_bucket_acl" "sample" {
  bucket = "sample"
  acl    = "private"
}
