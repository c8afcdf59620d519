resource "aws_config_configuration_recorder_status" "sample" {
  is_enabled = false
}
