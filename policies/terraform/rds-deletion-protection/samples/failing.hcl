resource "aws_db_instance" "sample" {
  deletion_protection = false
}
