resource "aws_lambda_function" "sample" {
}
