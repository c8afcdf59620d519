# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_config_recorder_enabled_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_config_configuration_recorder_status" "sample" {
  is_enabled = false
}
`)
	count(deny_config_recorder_enabled) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_config_recorder_enabled_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_config_configuration_recorder_status" "sample" {
  is_enabled = true
}
`)
	count(deny_config_recorder_enabled) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
