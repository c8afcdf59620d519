resource "aws_db_instance" "sample" {
  password = random_password.sample.result
}
