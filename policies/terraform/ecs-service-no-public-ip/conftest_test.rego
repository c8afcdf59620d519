# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ecs_service_no_public_ip_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ecs_service" "sample" {
  network_configuration {
    assign_public_ip = true
  }
}
`)
	count(deny_ecs_service_no_public_ip) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ecs_service_no_public_ip_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ecs_service" "sample" {
  network_configuration {
    assign_public_ip = false
  }
}
`)
	count(deny_ecs_service_no_public_ip) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
