resource "aws_docdb_cluster" "sample" {
  storage_encrypted = true
}
