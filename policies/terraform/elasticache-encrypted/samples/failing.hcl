resource "aws_elasticache_replication_group" "sample" {
  at_rest_encryption_enabled = false
}
