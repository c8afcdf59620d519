# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_provider_no_credentials_denies_what_fails if {
	contents := parse_config("hcl2", `provider "aws" {
  access_key = "AKIAIOSFODNN7EXAMPLE"
}
`)
	count(deny_provider_no_credentials) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_provider_no_credentials_passes_what_is_right if {
	contents := parse_config("hcl2", `provider "aws" {
  access_key = var.access_key
}
`)
	count(deny_provider_no_credentials) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
