resource "aws_db_instance" "sample" {
  backup_retention_period = 1
}
