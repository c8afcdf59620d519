# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_apigateway_domain_tls_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_api_gateway_domain_name" "sample" {
  security_policy = "TLS_1_0"
}
`)
	count(deny_apigateway_domain_tls) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_apigateway_domain_tls_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_api_gateway_domain_name" "sample" {
  security_policy = "TLS_1_2"
}
`)
	count(deny_apigateway_domain_tls) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
