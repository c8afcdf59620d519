resource "aws_cloudfront_distribution" "sample" {
}
