resource "aws_network_acl" "sample" {
  vpc_id = "vpc-00000000000000000"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
}
