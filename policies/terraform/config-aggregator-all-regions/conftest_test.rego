# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_config_aggregator_all_regions_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_config_configuration_aggregator" "sample" {
  account_aggregation_source {
    all_regions = false
  }
}
`)
	count(deny_config_aggregator_all_regions) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_config_aggregator_all_regions_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_config_configuration_aggregator" "sample" {
  account_aggregation_source {
    all_regions = true
  }
}
`)
	count(deny_config_aggregator_all_regions) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
