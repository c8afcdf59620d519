# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ses_require_tls_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ses_configuration_set" "sample" {
  delivery_options {
    tls_policy = "Optional"
  }
}
`)
	count(deny_ses_require_tls) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ses_require_tls_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ses_configuration_set" "sample" {
  delivery_options {
    tls_policy = "Require"
  }
}
`)
	count(deny_ses_require_tls) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
