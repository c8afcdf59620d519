resource "aws_eks_cluster" "sample" {
  vpc_config {
    endpoint_public_access = false
  }
}
