# The samples beside it, for conftest verify --policy FOLDER.
package main

import rego.v1

test_alb_listener_https_denies_what_fails if {
	contents := parse_config("hcl2", `resource "aws_lb_listener" "sample" {
  port     = 80
  protocol = "HTTP"

  default_action {
    redirect {
      port        = "443"
      status_code = "HTTP_301"
      protocol    = "HTTP"
    }
  }
}
`)
	count(deny_alb_listener_https) > 0 with input as [{"path": "failing.tf", "contents": contents}]
}

test_alb_listener_https_passes_what_is_right if {
	contents := parse_config("hcl2", `resource "aws_lb_listener" "sample" {
  port     = 80
  protocol = "HTTP"

  default_action {
    redirect {
      port        = "443"
      status_code = "HTTP_301"
      protocol    = "HTTPS"
    }
  }
}
`)
	count(deny_alb_listener_https) == 0 with input as [{"path": "passing.tf", "contents": contents}]
}
