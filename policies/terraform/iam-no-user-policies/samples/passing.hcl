resource "aws_iam_group_policy_attachment" "sample" {
  group      = "sample"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
