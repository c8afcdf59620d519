data "aws_iam_policy_document" "sample" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::sample/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
