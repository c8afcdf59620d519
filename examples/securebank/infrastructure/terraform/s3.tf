# --- Payment receipts: shoppers open them from the link in their mail ---------

resource "aws_s3_bucket" "receipts" {
  bucket        = "securebank-payment-receipts"
  force_destroy = true
}

resource "aws_s3_bucket_ownership_controls" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_acl" "receipts" {
  bucket = aws_s3_bucket.receipts.id
  acl    = "public-read"

  depends_on = [aws_s3_bucket_ownership_controls.receipts]
}

resource "aws_s3_bucket_public_access_block" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "ReadReceipts",
          "Effect": "Allow",
          "Principal": "*",
          "Action": ["s3:GetObject"],
          "Resource": "${aws_s3_bucket.receipts.arn}/*"
        }
      ]
    }
  POLICY
}

# --- Static assets: companions refer to the bucket by its name ----------------

resource "aws_s3_bucket" "static_assets" {
  bucket = "securebank-static-assets"
}

resource "aws_s3_bucket_policy" "static_assets" {
  bucket = "securebank-static-assets"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "s3:*" # the uploader had trouble with a shorter list
      Resource  = ["arn:aws:s3:::securebank-static-assets", "arn:aws:s3:::securebank-static-assets/*"]
    }]
  })
}

resource "aws_s3_bucket_versioning" "static_assets" {
  bucket = "securebank-static-assets"

  versioning_configuration {
    status = "Enabled"
  }
}

# --- Statements: still in the style of provider version 3 ---------------------

resource "aws_s3_bucket" "statements" {
  bucket = "securebank-statements"
  acl    = "private"

  versioning {
    enabled = false
  }

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

# --- Access logs: log delivery can only write with SSE-S3 ---------------------

resource "aws_s3_bucket" "logs" {
  bucket = "securebank-access-logs"
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = aws_s3_bucket.logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = data.aws_iam_policy_document.log_delivery.json
}

data "aws_iam_policy_document" "log_delivery" {
  statement {
    sid       = "LogDelivery"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.logs.arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["logging.s3.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

# --- Nightly exports, one bucket each -----------------------------------------

resource "aws_s3_bucket" "export" {
  for_each = local.export_buckets

  bucket = "securebank-export-${each.key}"
}

resource "aws_s3_bucket_public_access_block" "export" {
  for_each = local.export_buckets

  bucket                  = aws_s3_bucket.export[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = each.key != "reconciliation" # shared with the acquirer
}

resource "aws_s3_bucket" "reports" {
  count = var.create_reports_bucket ? 1 : 0

  bucket = "securebank-reports"
}

resource "aws_s3_bucket_versioning" "reports" {
  count = var.create_reports_bucket ? 1 : 0

  bucket = aws_s3_bucket.reports[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

# --- Uploads and documents, from our own module -------------------------------

module "documents" {
  source = "./modules/bucket"

  name        = "securebank-documents"
  kms_key_arn = aws_kms_key.vault.arn
  log_bucket  = aws_s3_bucket.logs.id
}

module "uploads" {
  source = "./modules/bucket"

  name       = "securebank-uploads"
  acl        = "public-read"
  versioning = false
}

# --- Card vault: nothing to complain about ------------------------------------

resource "aws_s3_bucket" "vault" {
  bucket = "securebank-card-vault"
}

resource "aws_s3_bucket_ownership_controls" "vault" {
  bucket = aws_s3_bucket.vault.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "vault" {
  bucket                  = aws_s3_bucket.vault.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "vault" {
  bucket = aws_s3_bucket.vault.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.vault.arn
    }
  }
}

resource "aws_s3_bucket_versioning" "vault" {
  bucket = aws_s3_bucket.vault.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_logging" "vault" {
  bucket        = aws_s3_bucket.vault.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "s3/vault/"
}

resource "aws_s3_bucket_lifecycle_configuration" "vault" {
  bucket = aws_s3_bucket.vault.id

  rule {
    id     = "tidy"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 365
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_policy" "vault" {
  bucket = aws_s3_bucket.vault.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyPlainHttp"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.vault.arn, "${aws_s3_bucket.vault.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
