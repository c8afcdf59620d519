resource "aws_vpc" "sample" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "sample" {
  vpc_id = aws_vpc.sample.id
}
