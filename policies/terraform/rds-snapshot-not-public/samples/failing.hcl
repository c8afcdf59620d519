resource "aws_db_snapshot" "sample" {
  shared_accounts = ["all"]
}
