# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_eks_node_group_ssh_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_eks_node_group" "sample" {
  remote_access {
    ec2_ssh_key = "sample"
  }
}
`)
	count(deny_eks_node_group_ssh) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_eks_node_group_ssh_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_eks_node_group" "sample" {
  remote_access {
    ec2_ssh_key               = "sample"
    source_security_group_ids = ["sg-00000000000000000"]
  }
}
`)
	count(deny_eks_node_group_ssh) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
