# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_eks_no_public_cidr_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
  vpc_config {
    public_access_cidrs = ["0.0.0.0/0"]
  }
}
`)
	count(deny_eks_no_public_cidr) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_eks_no_public_cidr_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
  vpc_config {
    public_access_cidrs = ["203.0.113.0/24"]
  }
}
`)
	count(deny_eks_no_public_cidr) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
