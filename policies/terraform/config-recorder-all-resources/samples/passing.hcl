resource "aws_config_configuration_recorder" "sample" {
  recording_group {
    include_global_resource_types = true
  }
}
