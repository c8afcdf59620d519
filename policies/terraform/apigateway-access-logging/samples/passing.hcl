resource "aws_api_gateway_stage" "sample" {
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:sample"
  }
}
