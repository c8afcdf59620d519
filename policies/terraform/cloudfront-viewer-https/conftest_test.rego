# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudfront_viewer_https_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
  default_cache_behavior {
    viewer_protocol_policy = "allow-all"
  }
}
`)
	count(deny_cloudfront_viewer_https) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudfront_viewer_https_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_distribution" "sample" {
  default_cache_behavior {
    viewer_protocol_policy = "redirect-to-https"
  }
}
`)
	count(deny_cloudfront_viewer_https) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
