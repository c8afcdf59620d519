resource "aws_instance" "sample" {
  associate_public_ip_address = false
}
