# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_alb_drop_invalid_headers_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lb" "sample" {
  drop_invalid_header_fields = false
}
`)
	count(deny_alb_drop_invalid_headers) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_alb_drop_invalid_headers_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lb" "sample" {
  drop_invalid_header_fields = true
}
`)
	count(deny_alb_drop_invalid_headers) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
