resource "aws_db_instance" "sample" {
  password = "not-shown"
}
