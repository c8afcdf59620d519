resource "aws_kms_key" "sample" {
  enable_key_rotation = true
}
