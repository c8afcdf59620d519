resource "aws_opensearch_domain" "sample" {
  encrypt_at_rest {
    enabled = true
  }
}
