# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_lb_access_logs_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lb" "sample" {
  access_logs {
    bucket  = "sample-logs"
    enabled = false
  }
}
`)
	count(deny_lb_access_logs) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_lb_access_logs_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lb" "sample" {
  access_logs {
    bucket  = "sample-logs"
    enabled = true
  }
}
`)
	count(deny_lb_access_logs) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
