resource "aws_cloudfront_distribution" "sample" {
  web_acl_id = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/sample/00000000-0000-0000-0000-000000000000"
}
