# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_eks_supported_version_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
  version = "1.27"
}
`)
	count(deny_eks_supported_version) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_eks_supported_version_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
  version = "1.33"
}
`)
	count(deny_eks_supported_version) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
