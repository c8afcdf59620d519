resource "aws_config_configuration_aggregator" "sample" {
  account_aggregation_source {
    all_regions = false
  }
}
