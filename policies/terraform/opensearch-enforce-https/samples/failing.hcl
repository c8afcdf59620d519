resource "aws_opensearch_domain" "sample" {
  domain_endpoint_options {
    enforce_https = false
  }
}
