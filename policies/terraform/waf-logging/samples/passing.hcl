resource "aws_wafv2_web_acl" "sample" {
  scope = "REGIONAL"
}

resource "aws_wafv2_web_acl_logging_configuration" "sample" {
  resource_arn = aws_wafv2_web_acl.sample.arn
}
