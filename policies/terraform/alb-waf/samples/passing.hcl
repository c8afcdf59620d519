resource "aws_lb" "sample" {
  load_balancer_type = "application"
}

resource "aws_wafv2_web_acl_association" "sample" {
  resource_arn = aws_lb.sample.arn
  web_acl_arn  = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/sample/00000000-0000-0000-0000-000000000000"
}
