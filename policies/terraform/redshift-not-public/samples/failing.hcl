resource "aws_redshift_cluster" "sample" {
  publicly_accessible = true
}
