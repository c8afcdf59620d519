resource "aws_cloudwatch_log_group" "sample" {
  retention_in_days = 90
}
