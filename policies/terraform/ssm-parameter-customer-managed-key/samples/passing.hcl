resource "aws_ssm_parameter" "sample" {
  key_id = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}
