resource "aws_sqs_queue_policy" "sample" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/sample" }
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}
