# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_msk_encryption_in_transit_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_msk_cluster" "sample" {
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT"
    }
  }
}
`)
	count(deny_msk_encryption_in_transit) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_msk_encryption_in_transit_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_msk_cluster" "sample" {
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
    }
  }
}
`)
	count(deny_msk_encryption_in_transit) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
