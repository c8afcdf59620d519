# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_sqs_queue_encrypted_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_sqs_queue" "sample" {
  sqs_managed_sse_enabled = false
}
`)
	count(deny_sqs_queue_encrypted) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_sqs_queue_encrypted_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_sqs_queue" "sample" {
  sqs_managed_sse_enabled = true
}
`)
	count(deny_sqs_queue_encrypted) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
