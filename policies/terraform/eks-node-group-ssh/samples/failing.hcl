resource "aws_eks_node_group" "sample" {
  remote_access {
    ec2_ssh_key = "sample"
  }
}
