# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_opensearch_node_to_node_encryption_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_opensearch_domain" "sample" {
  node_to_node_encryption {
    enabled = false
  }
}
`)
	count(deny_opensearch_node_to_node_encryption) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_opensearch_node_to_node_encryption_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_opensearch_domain" "sample" {
  node_to_node_encryption {
    enabled = true
  }
}
`)
	count(deny_opensearch_node_to_node_encryption) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
