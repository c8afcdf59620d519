resource "aws_redshift_cluster" "sample" {
  cluster_identifier = "sample"
}
