# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_opensearch_tls_policy_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_opensearch_domain" "sample" {
  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
}
`)
	count(deny_opensearch_tls_policy) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_opensearch_tls_policy_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_opensearch_domain" "sample" {
  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
}
`)
	count(deny_opensearch_tls_policy) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
