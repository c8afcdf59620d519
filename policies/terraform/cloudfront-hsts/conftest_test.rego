# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_cloudfront_hsts_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_response_headers_policy" "sample" {
  security_headers_config {
    strict_transport_security {
      override                   = true
      access_control_max_age_sec = 3600
    }
  }
}
`)
	count(deny_cloudfront_hsts) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_cloudfront_hsts_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_cloudfront_response_headers_policy" "sample" {
  security_headers_config {
    strict_transport_security {
      override                   = true
      access_control_max_age_sec = 31536000
    }
  }
}
`)
	count(deny_cloudfront_hsts) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
