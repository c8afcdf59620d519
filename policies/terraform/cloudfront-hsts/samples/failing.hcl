resource "aws_cloudfront_response_headers_policy" "sample" {
  security_headers_config {
    strict_transport_security {
      override                   = true
      access_control_max_age_sec = 3600
    }
  }
}
