resource "aws_eks_cluster" "sample" {
  vpc_config {
    public_access_cidrs = ["0.0.0.0/0"]
  }
}
