# --- Administrators, in the three ways policies get written -------------------

resource "aws_iam_policy" "platform_admin" {
  name = "${local.name}-platform-admin"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "*"
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "deployer" {
  name = "deployer"
  role = aws_iam_role.deployer.id

  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["s3:*", "iam:PassRole"], "Resource": "*" },
    { "Effect": "Allow", "Action": "eks:DescribeCluster", "Resource": "${aws_eks_cluster.main.arn}" }
  ]
}
EOF
}

data "aws_iam_policy_document" "ci_base" {
  statement {
    sid       = "Images"
    actions   = ["ecr:GetAuthorizationToken"] # takes no resource
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "ci" {
  source_policy_documents = [data.aws_iam_policy_document.ci_base.json]

  statement {
    sid       = "Everything"
    actions   = ["*"]
    resources = ["*"]
  }
}

# The pipeline signs in with the access key of this user.
resource "aws_iam_user" "ci" {
  name = "${local.name}-ci"
}

resource "aws_iam_user_policy" "ci" {
  name   = "ci"
  user   = aws_iam_user.ci.name
  policy = data.aws_iam_policy_document.ci.json
}

resource "aws_iam_account_password_policy" "this" {
  minimum_password_length      = 8
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = false
}

# --- Roles --------------------------------------------------------------------

resource "aws_iam_role" "deployer" {
  name               = "${local.name}-deployer"
  assume_role_policy = data.aws_iam_policy_document.trust["codebuild"].json
}

resource "aws_iam_role" "support" {
  name = "${local.name}-support"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "support" {
  role       = aws_iam_role.support.name
  policy_arn = aws_iam_policy.platform_admin.arn
}

resource "aws_iam_role_policy_attachment" "deployer" {
  role       = aws_iam_role.deployer.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

# Right: exact actions on exact resources, and "*" only where nothing else works.
resource "aws_iam_role" "backend" {
  name               = "${local.name}-backend"
  assume_role_policy = data.aws_iam_policy_document.trust["ec2"].json
}

resource "aws_iam_role_policy" "backend" {
  name = "backend"
  role = aws_iam_role.backend.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = ["${module.documents.arn}/*", "${aws_s3_bucket.vault.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:PutMetricData"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = "*" # there is only one topic anyway
      },
    ]
  })
}

resource "aws_iam_role" "service" {
  for_each = toset(["eks", "ec2"])

  name               = "${local.name}-${each.key == "eks" ? "cluster" : "nodes"}"
  assume_role_policy = data.aws_iam_policy_document.trust[each.key].json
}

resource "aws_iam_role_policy_attachment" "service" {
  for_each = {
    AmazonEKSClusterPolicy             = "eks"
    AmazonEKSWorkerNodePolicy          = "ec2"
    AmazonEKS_CNI_Policy               = "ec2"
    AmazonEC2ContainerRegistryReadOnly = "ec2"
  }

  role       = aws_iam_role.service[each.value].name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_iam_role" "rds_monitoring" {
  name               = "${local.name}-rds-monitoring"
  assume_role_policy = data.aws_iam_policy_document.trust["monitoring.rds"].json
}

resource "aws_iam_role_policy_attachment" "rds_monitoring" {
  role       = aws_iam_role.rds_monitoring.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

data "aws_iam_policy_document" "trust" {
  for_each = toset(["codebuild", "ec2", "eks", "monitoring.rds"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}
