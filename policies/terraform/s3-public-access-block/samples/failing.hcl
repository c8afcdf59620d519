resource "aws_s3_bucket_public_access_block" "sample" {
  bucket            = "sample"
  block_public_acls = false
}
