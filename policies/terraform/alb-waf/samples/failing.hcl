resource "aws_lb" "sample" {
  load_balancer_type = "application"
}
