resource "aws_iam_role_policy_attachment" "sample" {
  role       = "sample"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
