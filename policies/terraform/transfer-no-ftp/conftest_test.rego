# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_transfer_no_ftp_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_transfer_server" "sample" {
  protocols = ["SFTP", "FTP"]
}
`)
	count(deny_transfer_no_ftp) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_transfer_no_ftp_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_transfer_server" "sample" {
  protocols = ["SFTP"]
}
`)
	count(deny_transfer_no_ftp) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
