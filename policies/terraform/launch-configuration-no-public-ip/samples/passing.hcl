resource "aws_launch_configuration" "sample" {
  associate_public_ip_address = false
}
