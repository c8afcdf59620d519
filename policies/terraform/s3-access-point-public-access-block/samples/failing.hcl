resource "aws_s3_access_point" "sample" {
  public_access_block_configuration {
    block_public_acls = false
  }
}
