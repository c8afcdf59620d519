resource "aws_dms_replication_instance" "sample" {
  publicly_accessible = false
}
