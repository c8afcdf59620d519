resource "aws_cloudfront_distribution" "sample" {
  origin {
    custom_origin_config {
      origin_protocol_policy = "match-viewer"
    }
  }
}
