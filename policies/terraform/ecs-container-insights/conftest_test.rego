# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ecs_container_insights_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ecs_cluster" "sample" {
  setting {
    name  = "containerInsights"
    value = "disabled"
  }
}
`)
	count(deny_ecs_container_insights) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ecs_container_insights_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ecs_cluster" "sample" {
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
`)
	count(deny_ecs_container_insights) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
