# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_eks_private_access_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
  vpc_config {
    endpoint_private_access = false
  }
}
`)
	count(deny_eks_private_access) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_eks_private_access_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
  vpc_config {
    endpoint_private_access = true
  }
}
`)
	count(deny_eks_private_access) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
