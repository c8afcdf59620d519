# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_kinesis_stream_encrypted_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_kinesis_stream" "sample" {
  kms_key_id      = "alias/aws/kinesis"
  encryption_type = "NONE"
}
`)
	count(deny_kinesis_stream_encrypted) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_kinesis_stream_encrypted_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_kinesis_stream" "sample" {
  kms_key_id      = "alias/aws/kinesis"
  encryption_type = "KMS"
}
`)
	count(deny_kinesis_stream_encrypted) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
