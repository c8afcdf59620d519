# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudfront_tls_minimum_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1"
  }
}
`)
	count(deny_cloudfront_tls_minimum) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudfront_tls_minimum_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
`)
	count(deny_cloudfront_tls_minimum) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
