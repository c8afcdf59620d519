resource "aws_ecr_repository" "app" {
  for_each = toset(["backend", "frontend"])

  name                 = "securebank-${each.key}"
  image_tag_mutability = "MUTABLE" # the workflow pushes :latest

  image_scanning_configuration {
    scan_on_push = false
  }
}

resource "aws_ecr_repository" "fraud_scorer" {
  name                 = "securebank-fraud-scorer"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.vault.arn
  }
}

resource "aws_ecr_repository" "tools" {
  name                 = "securebank-tools"
  image_tag_mutability = var.tools_tag_mutability

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.vault.arn
  }
}
