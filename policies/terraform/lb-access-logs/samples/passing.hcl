resource "aws_lb" "sample" {
  access_logs {
    bucket  = "sample-logs"
    enabled = true
  }
}
