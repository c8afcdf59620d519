resource "aws_vpc" "sample" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "sample" {
  vpc_id          = aws_vpc.sample.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:sample"
}
