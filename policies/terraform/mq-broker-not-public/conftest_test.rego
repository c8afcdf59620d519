# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_mq_broker_not_public_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_mq_broker" "sample" {
  publicly_accessible = true
}
`)
	count(deny_mq_broker_not_public) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_mq_broker_not_public_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_mq_broker" "sample" {
  publicly_accessible = false
}
`)
	count(deny_mq_broker_not_public) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
