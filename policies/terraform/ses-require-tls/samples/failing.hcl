resource "aws_ses_configuration_set" "sample" {
  delivery_options {
    tls_policy = "Optional"
  }
}
