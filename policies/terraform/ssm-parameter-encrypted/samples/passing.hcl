resource "aws_ssm_parameter" "sample" {
  type = "SecureString"
}
