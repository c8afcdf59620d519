# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_elb_listener_tls_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_elb" "sample" {
  listener {
    instance_port     = 8443
    instance_protocol = "https"
    lb_port           = 443
    lb_protocol       = "http"
  }
}
`)
	count(deny_elb_listener_tls) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_elb_listener_tls_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_elb" "sample" {
  listener {
    instance_port     = 8443
    instance_protocol = "https"
    lb_port           = 443
    lb_protocol       = "https"
  }
}
`)
	count(deny_elb_listener_tls) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
