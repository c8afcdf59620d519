resource "aws_msk_cluster" "sample" {
  encryption_info {
    encryption_at_rest_kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
  }
}
