resource "aws_cloudtrail" "main" {
  name           = local.name
  s3_bucket_name = aws_s3_bucket.trail.id

  is_multi_region_trail         = false
  include_global_service_events = false
  enable_log_file_validation    = false

  depends_on = [aws_s3_bucket_policy.trail]
}

resource "aws_s3_bucket" "trail" {
  bucket = "securebank-cloudtrail"
}

resource "aws_s3_bucket_public_access_block" "trail" {
  bucket                  = aws_s3_bucket.trail.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.trail.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for action in ["s3:GetBucketAcl", "s3:PutObject"] : {
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = action
      Resource  = action == "s3:PutObject" ? "${aws_s3_bucket.trail.arn}/AWSLogs/*" : aws_s3_bucket.trail.arn
      Condition = {
        StringEquals = {
          "aws:SourceArn" = "arn:aws:cloudtrail:${var.region}:${local.account_id}:trail/${local.name}"
        }
      }
    }]
  })
}
