resource "aws_lambda_function_url" "sample" {
  authorization_type = "NONE"
}
