# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudfront_origin_https_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
  origin {
    custom_origin_config {
      origin_protocol_policy = "match-viewer"
    }
  }
}
`)
	count(deny_cloudfront_origin_https) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudfront_origin_https_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
  origin {
    custom_origin_config {
      origin_protocol_policy = "https-only"
    }
  }
}
`)
	count(deny_cloudfront_origin_https) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
