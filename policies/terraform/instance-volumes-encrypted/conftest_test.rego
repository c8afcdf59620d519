# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_instance_volumes_encrypted_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_instance" "sample" {
  root_block_device {
    encrypted = false
  }
}
`)
	count(deny_instance_volumes_encrypted) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_instance_volumes_encrypted_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_instance" "sample" {
  root_block_device {
    encrypted = true
  }
}
`)
	count(deny_instance_volumes_encrypted) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
