resource "aws_cloudtrail" "sample" {
  enable_log_file_validation = true
}
