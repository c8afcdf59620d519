# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudfront_origin_tls_protocols_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
  origin {
    custom_origin_config {
      origin_ssl_protocols = ["TLSv1", "TLSv1.2"]
    }
  }
}
`)
	count(deny_cloudfront_origin_tls_protocols) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudfront_origin_tls_protocols_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
  origin {
    custom_origin_config {
      origin_ssl_protocols = ["TLSv1.2"]
    }
  }
}
`)
	count(deny_cloudfront_origin_tls_protocols) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
