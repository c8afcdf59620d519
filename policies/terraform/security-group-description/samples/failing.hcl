resource "aws_security_group" "sample" {
  description = "Managed by Terraform"
}
