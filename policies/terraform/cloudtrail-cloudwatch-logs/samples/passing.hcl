resource "aws_cloudtrail" "sample" {
  cloud_watch_logs_group_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:sample:*"
}
