resource "aws_subnet" "sample" {
  map_public_ip_on_launch = true
}
