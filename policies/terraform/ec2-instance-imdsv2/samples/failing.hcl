resource "aws_instance" "sample" {
  metadata_options {
    http_tokens = "optional"
  }
}
