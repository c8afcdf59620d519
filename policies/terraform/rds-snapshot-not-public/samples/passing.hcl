resource "aws_db_snapshot" "sample" {
  shared_accounts = ["123456789012"]
}
