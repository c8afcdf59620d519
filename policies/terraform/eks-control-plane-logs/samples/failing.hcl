resource "aws_eks_cluster" "sample" {
  enabled_cluster_log_types = ["api"]
}
