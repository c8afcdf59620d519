resource "aws_cloudtrail" "sample" {
  enable_logging = false
}
