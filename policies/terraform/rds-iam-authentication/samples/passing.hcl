resource "aws_db_instance" "sample" {
  engine                              = "postgres"
  iam_database_authentication_enabled = true
}
