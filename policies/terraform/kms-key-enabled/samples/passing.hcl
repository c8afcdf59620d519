resource "aws_kms_key" "sample" {
  is_enabled = true
}
