resource "aws_cloudtrail" "sample" {
  sns_topic_name = "sample"
}
