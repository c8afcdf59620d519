resource "aws_lambda_function" "sample" {
  tracing_config {
    mode = "Active"
  }
}
