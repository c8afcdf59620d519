resource "aws_network_acl" "sample" {
  vpc_id = "vpc-00000000000000000"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 3389
    to_port    = 3389
    cidr_block = "203.0.113.0/24"
  }
}
