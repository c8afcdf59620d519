resource "aws_lambda_function" "sample" {
  environment {
    variables = { STAGE = "test" }
  }
}
