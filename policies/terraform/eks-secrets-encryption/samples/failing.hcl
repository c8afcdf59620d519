resource "aws_eks_cluster" "sample" {
}
