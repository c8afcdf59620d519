resource "aws_db_instance" "sample" {
  ca_cert_identifier = "rds-ca-rsa2048-g1"
}
