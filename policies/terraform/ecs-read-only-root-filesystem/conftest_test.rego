# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ecs_read_only_root_filesystem_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ecs_task_definition" "sample" {
  container_definitions = jsonencode([{ name = "sample", readonlyRootFilesystem = false }])
}
`)
	count(deny_ecs_read_only_root_filesystem) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ecs_read_only_root_filesystem_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ecs_task_definition" "sample" {
  container_definitions = jsonencode([{ name = "sample", readonlyRootFilesystem = true }])
}
`)
	count(deny_ecs_read_only_root_filesystem) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
