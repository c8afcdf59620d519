resource "aws_opensearch_domain" "sample" {
  node_to_node_encryption {
    enabled = false
  }
}
