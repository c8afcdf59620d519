resource "aws_eks_cluster" "main" {
  name     = local.name
  role_arn = aws_iam_role.service["eks"].arn
  version  = var.cluster_version

  enabled_cluster_log_types = ["api"]

  vpc_config {
    subnet_ids              = local.private_subnet_ids
    security_group_ids      = [aws_security_group.backend.id]
    endpoint_private_access = false
    endpoint_public_access  = true
    public_access_cidrs     = ["0.0.0.0/0"]
  }

  depends_on = [aws_iam_role_policy_attachment.service, aws_cloudwatch_log_group.eks]
}

resource "aws_eks_node_group" "main" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "general"
  node_role_arn   = aws_iam_role.service["ec2"].arn
  subnet_ids      = local.private_subnet_ids
  instance_types  = ["t3.large"]

  scaling_config {
    desired_size = 3
    min_size     = 2
    max_size     = 6
  }
}
