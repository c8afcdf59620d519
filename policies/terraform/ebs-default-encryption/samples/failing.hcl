resource "aws_ebs_encryption_by_default" "sample" {
  enabled = false
}
