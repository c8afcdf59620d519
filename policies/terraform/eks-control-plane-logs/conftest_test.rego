# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_eks_control_plane_logs_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
  enabled_cluster_log_types = ["api"]
}
`)
	count(deny_eks_control_plane_logs) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_eks_control_plane_logs_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_eks_cluster" "sample" {
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
}
`)
	count(deny_eks_control_plane_logs) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
