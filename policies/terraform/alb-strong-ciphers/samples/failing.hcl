resource "aws_lb_listener" "sample" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS-1-2-2017-01"
}
