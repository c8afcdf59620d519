resource "aws_db_instance" "sample" {
  publicly_accessible = true
}
