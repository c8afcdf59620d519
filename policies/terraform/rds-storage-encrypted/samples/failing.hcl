resource "aws_db_instance" "sample" {
  storage_encrypted = false
}
