resource "aws_db_instance" "sample" {
  performance_insights_enabled = true
}
