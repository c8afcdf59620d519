resource "aws_redshift_cluster" "sample" {
  cluster_identifier = "sample"
}

resource "aws_redshift_logging" "sample" {
  cluster_identifier = aws_redshift_cluster.sample.id
  bucket_name        = "sample-logs"
}
