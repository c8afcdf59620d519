resource "aws_db_instance" "sample" {
  ca_cert_identifier = "rds-ca-2019"
}
