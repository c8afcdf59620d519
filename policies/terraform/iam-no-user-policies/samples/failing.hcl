resource "aws_iam_user_policy_attachment" "sample" {
  user       = "sample"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
