# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ecr_scan_on_push_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ecr_repository" "sample" {
  image_scanning_configuration {
    scan_on_push = false
  }
}
`)
	count(deny_ecr_scan_on_push) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ecr_scan_on_push_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ecr_repository" "sample" {
  image_scanning_configuration {
    scan_on_push = true
  }
}
`)
	count(deny_ecr_scan_on_push) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
