resource "aws_launch_template" "sample" {
  metadata_options {
    http_put_response_hop_limit = 1
  }
}
