resource "aws_elasticache_replication_group" "sample" {
  transit_encryption_enabled = false
}
