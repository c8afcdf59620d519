resource "aws_iam_account_password_policy" "sample" {
  max_password_age = 90
}
