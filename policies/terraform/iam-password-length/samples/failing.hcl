resource "aws_iam_account_password_policy" "sample" {
  minimum_password_length = 8
}
