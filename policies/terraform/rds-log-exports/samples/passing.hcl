resource "aws_db_instance" "sample" {
  enabled_cloudwatch_logs_exports = ["postgresql"]
}
