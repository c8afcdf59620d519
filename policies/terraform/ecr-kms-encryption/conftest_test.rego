# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ecr_kms_encryption_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ecr_repository" "sample" {
  encryption_configuration {
    encryption_type = "AES256"
  }
}
`)
	count(deny_ecr_kms_encryption) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ecr_kms_encryption_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ecr_repository" "sample" {
  encryption_configuration {
    encryption_type = "KMS"
  }
}
`)
	count(deny_ecr_kms_encryption) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
