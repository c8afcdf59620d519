# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_terraform_state_locking_denies_what_fails if {
	contents := parse_config("hcl2", `terraform {
  backend "s3" {
    bucket       = "sample-state"
    key          = "sample.tfstate"
    use_lockfile = false
  }
}
`)
	count(deny_terraform_state_locking) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_terraform_state_locking_passes_what_is_right if {
	contents := parse_config("hcl2", `terraform {
  backend "s3" {
    bucket       = "sample-state"
    key          = "sample.tfstate"
    use_lockfile = true
  }
}
`)
	count(deny_terraform_state_locking) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
