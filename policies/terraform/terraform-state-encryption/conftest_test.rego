# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_terraform_state_encryption_denies_what_fails if {
	contents := parse_config("hcl2", `terraform {
  backend "s3" {
    bucket  = "sample-state"
    key     = "sample.tfstate"
    encrypt = false
  }
}
`)
	count(deny_terraform_state_encryption) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_terraform_state_encryption_passes_what_is_right if {
	contents := parse_config("hcl2", `terraform {
  backend "s3" {
    bucket  = "sample-state"
    key     = "sample.tfstate"
    encrypt = true
  }
}
`)
	count(deny_terraform_state_encryption) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
