resource "aws_cloudwatch_metric_alarm" "sample" {
  actions_enabled = true
}
