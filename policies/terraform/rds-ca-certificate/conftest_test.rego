# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_rds_ca_certificate_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  ca_cert_identifier = "rds-ca-2019"
}
`)
	count(deny_rds_ca_certificate) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_rds_ca_certificate_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_db_instance" "sample" {
  ca_cert_identifier = "rds-ca-rsa2048-g1"
}
`)
	count(deny_rds_ca_certificate) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
