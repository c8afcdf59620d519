resource "aws_api_gateway_domain_name" "sample" {
  security_policy = "TLS_1_0"
}
