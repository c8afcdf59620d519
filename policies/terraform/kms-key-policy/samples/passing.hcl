resource "aws_kms_key" "sample" {
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "sample" {
  key_id = aws_kms_key.sample.key_id
  policy = data.aws_iam_policy_document.sample.json
}
