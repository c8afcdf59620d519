resource "aws_cloudwatch_log_group" "sample" {
  kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}
