resource "aws_db_instance" "sample" {
  auto_minor_version_upgrade = true
}
