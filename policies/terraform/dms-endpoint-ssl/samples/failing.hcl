resource "aws_dms_endpoint" "sample" {
  engine_name = "postgres"
  ssl_mode    = "none"
}
