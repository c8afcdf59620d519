resource "aws_eks_cluster" "sample" {
  version = "1.27"
}
