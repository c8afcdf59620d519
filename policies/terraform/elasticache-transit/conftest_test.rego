# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_elasticache_transit_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_elasticache_replication_group" "sample" {
  transit_encryption_enabled = false
}
`)
	count(deny_elasticache_transit) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_elasticache_transit_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_elasticache_replication_group" "sample" {
  transit_encryption_enabled = true
}
`)
	count(deny_elasticache_transit) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
