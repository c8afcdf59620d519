# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ecs_no_privileged_containers_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ecs_task_definition" "sample" {
  container_definitions = jsonencode([{ name = "sample", privileged = true }])
}
`)
	count(deny_ecs_no_privileged_containers) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ecs_no_privileged_containers_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ecs_task_definition" "sample" {
  container_definitions = jsonencode([{ name = "sample", privileged = false }])
}
`)
	count(deny_ecs_no_privileged_containers) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
