resource "aws_iam_account_password_policy" "sample" {
  require_lowercase_characters = true
}
