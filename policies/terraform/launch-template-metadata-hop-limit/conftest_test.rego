# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_launch_template_metadata_hop_limit_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_launch_template" "sample" {
  metadata_options {
    http_put_response_hop_limit = 2
  }
}
`)
	count(deny_launch_template_metadata_hop_limit) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_launch_template_metadata_hop_limit_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_launch_template" "sample" {
  metadata_options {
    http_put_response_hop_limit = 1
  }
}
`)
	count(deny_launch_template_metadata_hop_limit) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
