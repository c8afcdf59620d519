resource "aws_cloudfront_distribution" "sample" {
  default_cache_behavior {
    viewer_protocol_policy = "allow-all"
  }
}
