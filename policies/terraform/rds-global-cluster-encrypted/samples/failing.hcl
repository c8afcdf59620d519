resource "aws_rds_global_cluster" "sample" {
  storage_encrypted = false
}
