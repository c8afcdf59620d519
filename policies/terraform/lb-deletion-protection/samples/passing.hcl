resource "aws_lb" "sample" {
  enable_deletion_protection = true
}
