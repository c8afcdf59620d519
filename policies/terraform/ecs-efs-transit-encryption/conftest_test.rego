# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ecs_efs_transit_encryption_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ecs_task_definition" "sample" {
  volume {
    efs_volume_configuration {
      transit_encryption = "DISABLED"
    }
  }
}
`)
	count(deny_ecs_efs_transit_encryption) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ecs_efs_transit_encryption_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ecs_task_definition" "sample" {
  volume {
    efs_volume_configuration {
      transit_encryption = "ENABLED"
    }
  }
}
`)
	count(deny_ecs_efs_transit_encryption) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
