resource "aws_cloudfront_distribution" "sample" {
  origin {
    custom_origin_config {
      origin_ssl_protocols = ["TLSv1", "TLSv1.2"]
    }
  }
}
