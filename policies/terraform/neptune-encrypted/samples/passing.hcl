resource "aws_neptune_cluster" "sample" {
  storage_encrypted = true
}
