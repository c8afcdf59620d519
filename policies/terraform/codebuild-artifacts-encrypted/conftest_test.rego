# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_codebuild_artifacts_encrypted_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_codebuild_project" "sample" {
  artifacts {
    type                = "S3"
    encryption_disabled = true
  }
}
`)
	count(deny_codebuild_artifacts_encrypted) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_codebuild_artifacts_encrypted_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_codebuild_project" "sample" {
  artifacts {
    type                = "S3"
    encryption_disabled = false
  }
}
`)
	count(deny_codebuild_artifacts_encrypted) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
