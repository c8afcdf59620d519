# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_apigateway_access_logging_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_api_gateway_stage" "sample" {
}
`)
	count(deny_apigateway_access_logging) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_apigateway_access_logging_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_api_gateway_stage" "sample" {
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:sample"
  }
}
`)
	count(deny_apigateway_access_logging) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
