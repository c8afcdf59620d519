# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ec2_instance_imdsv2_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_instance" "sample" {
  metadata_options {
    http_tokens = "optional"
  }
}
`)
	count(deny_ec2_instance_imdsv2) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ec2_instance_imdsv2_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_instance" "sample" {
  metadata_options {
    http_tokens = "required"
  }
}
`)
	count(deny_ec2_instance_imdsv2) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
