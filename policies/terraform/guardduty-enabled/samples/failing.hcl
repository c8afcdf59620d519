resource "aws_guardduty_detector" "sample" {
  enable = false
}
