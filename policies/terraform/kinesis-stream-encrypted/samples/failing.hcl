resource "aws_kinesis_stream" "sample" {
  kms_key_id      = "alias/aws/kinesis"
  encryption_type = "NONE"
}
