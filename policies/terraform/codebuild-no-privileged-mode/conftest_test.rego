# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_codebuild_no_privileged_mode_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_codebuild_project" "sample" {
  environment {
    privileged_mode = true
  }
}
`)
	count(deny_codebuild_no_privileged_mode) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_codebuild_no_privileged_mode_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_codebuild_project" "sample" {
  environment {
    privileged_mode = false
  }
}
`)
	count(deny_codebuild_no_privileged_mode) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
