resource "aws_lb_target_group" "sample" {
  protocol = "HTTPS"
}
