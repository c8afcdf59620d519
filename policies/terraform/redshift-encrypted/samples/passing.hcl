resource "aws_redshift_cluster" "sample" {
  encrypted = true
}
