resource "aws_sns_topic" "sample" {
}
