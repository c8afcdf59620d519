# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_opensearch_enforce_https_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_opensearch_domain" "sample" {
  domain_endpoint_options {
    enforce_https = false
  }
}
`)
	count(deny_opensearch_enforce_https) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_opensearch_enforce_https_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_opensearch_domain" "sample" {
  domain_endpoint_options {
    enforce_https = true
  }
}
`)
	count(deny_opensearch_enforce_https) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
