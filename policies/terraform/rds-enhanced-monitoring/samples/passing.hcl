resource "aws_db_instance" "sample" {
  monitoring_interval = 60
}
