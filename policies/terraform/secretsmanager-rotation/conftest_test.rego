# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_secretsmanager_rotation_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_secretsmanager_secret" "sample" {
  name = "sample"
}
`)
	count(deny_secretsmanager_rotation) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_secretsmanager_rotation_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_secretsmanager_secret" "sample" {
  name = "sample"
}

resource "aws_secretsmanager_secret_rotation" "sample" {
  secret_id = aws_secretsmanager_secret.sample.id

  rotation_rules {
    automatically_after_days = 30
  }
}
`)
	count(deny_secretsmanager_rotation) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
