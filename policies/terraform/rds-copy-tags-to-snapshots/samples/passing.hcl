resource "aws_db_instance" "sample" {
  copy_tags_to_snapshot = true
}
