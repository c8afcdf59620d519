resource "aws_eks_cluster" "sample" {
  vpc_config {
    public_access_cidrs = ["203.0.113.0/24"]
  }
}
