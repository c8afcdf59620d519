resource "aws_docdb_cluster_parameter_group" "sample" {
  parameter {
    name  = "tls"
    value = "disabled"
  }
}
