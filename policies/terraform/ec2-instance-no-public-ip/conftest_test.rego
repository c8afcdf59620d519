# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ec2_instance_no_public_ip_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_instance" "sample" {
  associate_public_ip_address = true
}
`)
	count(deny_ec2_instance_no_public_ip) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ec2_instance_no_public_ip_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_instance" "sample" {
  associate_public_ip_address = false
}
`)
	count(deny_ec2_instance_no_public_ip) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
