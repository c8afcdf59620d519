resource "aws_eks_node_group" "sample" {
  remote_access {
    ec2_ssh_key               = "sample"
    source_security_group_ids = ["sg-00000000000000000"]
  }
}
