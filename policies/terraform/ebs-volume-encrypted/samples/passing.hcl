resource "aws_ebs_volume" "sample" {
  encrypted = true
}
