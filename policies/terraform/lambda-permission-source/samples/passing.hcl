resource "aws_lambda_permission" "sample" {
  principal  = "apigateway.amazonaws.com"
  source_arn = "arn:aws:execute-api:eu-central-1:123456789012:sample/*"
}
