resource "aws_security_group" "sample" {
  description = "Lets the load balancer reach the application"
}
