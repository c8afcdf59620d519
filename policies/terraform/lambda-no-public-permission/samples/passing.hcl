resource "aws_lambda_permission" "sample" {
  principal  = "*"
  source_arn = "arn:aws:execute-api:eu-central-1:123456789012:sample/*"
}
