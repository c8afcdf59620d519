resource "aws_sqs_queue" "sample" {
  sqs_managed_sse_enabled = true
}
