resource "aws_db_instance" "sample" {
  multi_az = true
}
