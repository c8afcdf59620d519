resource "aws_lb_listener" "sample" {
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
