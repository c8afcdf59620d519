resource "aws_mq_broker" "sample" {
  publicly_accessible = true
}
