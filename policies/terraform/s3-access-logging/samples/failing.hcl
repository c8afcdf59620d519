resource "aws_s3_bucket" "sample" {
  bucket = "sample"
}
