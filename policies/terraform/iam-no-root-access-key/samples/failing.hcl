resource "aws_iam_access_key" "sample" {
  user = "root"
}
