resource "aws_lambda_permission" "sample" {
  principal = "*"
}
