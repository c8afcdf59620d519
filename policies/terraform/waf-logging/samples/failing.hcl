resource "aws_wafv2_web_acl" "sample" {
  scope = "REGIONAL"
}
