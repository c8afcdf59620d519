# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_guardduty_enabled_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_guardduty_detector" "sample" {
  enable = false
}
`)
	count(deny_guardduty_enabled) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_guardduty_enabled_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_guardduty_detector" "sample" {
  enable = true
}
`)
	count(deny_guardduty_enabled) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
