resource "aws_eks_cluster" "sample" {
  encryption_config {
    resources = ["secrets"]
  }
}
