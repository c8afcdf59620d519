resource "aws_eks_cluster" "sample" {
  vpc_config {
    endpoint_private_access = true
  }
}
