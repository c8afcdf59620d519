# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_redshift_logging_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_redshift_cluster" "sample" {
  cluster_identifier = "sample"
}
`)
	count(deny_redshift_logging) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_redshift_logging_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_redshift_cluster" "sample" {
  cluster_identifier = "sample"
}

resource "aws_redshift_logging" "sample" {
  cluster_identifier = aws_redshift_cluster.sample.id
  bucket_name        = "sample-logs"
}
`)
	count(deny_redshift_logging) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
