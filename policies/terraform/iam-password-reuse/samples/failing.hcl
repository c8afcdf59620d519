resource "aws_iam_account_password_policy" "sample" {
  password_reuse_prevention = 5
}
