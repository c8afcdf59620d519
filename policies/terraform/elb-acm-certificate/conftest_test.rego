# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_elb_acm_certificate_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_elb" "sample" {
  listener {
    instance_port      = 8443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:iam::123456789012:server-certificate/sample"
  }
}
`)
	count(deny_elb_acm_certificate) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_elb_acm_certificate_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_elb" "sample" {
  listener {
    instance_port      = 8443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  }
}
`)
	count(deny_elb_acm_certificate) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
