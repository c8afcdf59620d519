resource "aws_s3_bucket" "sample" {
  force_destroy = true
}
