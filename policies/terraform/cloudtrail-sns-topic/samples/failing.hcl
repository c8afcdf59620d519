resource "aws_cloudtrail" "sample" {
}
