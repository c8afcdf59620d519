resource "aws_db_instance" "sample" {
  iam_database_authentication_enabled = false
}
