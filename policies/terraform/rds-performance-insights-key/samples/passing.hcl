resource "aws_db_instance" "sample" {
  performance_insights_enabled    = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}
