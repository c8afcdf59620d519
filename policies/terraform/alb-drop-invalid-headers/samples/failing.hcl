resource "aws_lb" "sample" {
  drop_invalid_header_fields = false
}
