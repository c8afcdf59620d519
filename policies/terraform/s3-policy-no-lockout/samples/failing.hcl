resource "aws_s3_bucket_policy" "sample" {
  bucket = "sample"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::sample", "arn:aws:s3:::sample/*"]
    }]
  })
}
