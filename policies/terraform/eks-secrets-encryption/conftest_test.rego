# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_eks_secrets_encryption_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
}
`)
	count(deny_eks_secrets_encryption) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_eks_secrets_encryption_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
  encryption_config {
    resources = ["secrets"]
  }
}
`)
	count(deny_eks_secrets_encryption) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
