resource "aws_cloudwatch_log_group" "eks" {
  name              = "/aws/eks/${local.name}/cluster"
  retention_in_days = 7
}

resource "aws_cloudwatch_log_group" "backend" {
  name              = "/securebank/backend"
  retention_in_days = 30
}

# Never expires, so nobody can say for how long it is kept.
resource "aws_cloudwatch_log_group" "audit" {
  name = "/securebank/audit"
}

resource "aws_cloudwatch_log_group" "settlement_dr" {
  provider = aws.dr

  name              = "/securebank/settlement"
  retention_in_days = 14
}

resource "aws_cloudwatch_log_group" "ledger" {
  name              = "/securebank/ledger"
  retention_in_days = 400
  kms_key_id        = aws_kms_key.vault.arn
}

resource "aws_sns_topic" "alerts" {
  name = "${local.name}-alerts"
}

resource "aws_cloudwatch_metric_alarm" "api_errors" {
  alarm_name          = "${local.name}-5xx"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 25
  period              = 300
  evaluation_periods  = 1
  alarm_actions       = [aws_sns_topic.alerts.arn]

  dimensions = { LoadBalancer = aws_lb.main.arn_suffix }
}
