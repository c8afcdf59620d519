# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_ecr_immutable_tags_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_ecr_repository" "sample" {
  image_tag_mutability = "MUTABLE"
}
`)
	count(deny_ecr_immutable_tags) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_ecr_immutable_tags_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_ecr_repository" "sample" {
  image_tag_mutability = "IMMUTABLE"
}
`)
	count(deny_ecr_immutable_tags) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
