resource "aws_rds_cluster" "sample" {
  kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}
