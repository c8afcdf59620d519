resource "aws_rds_cluster" "sample" {
  kms_key_id = "alias/aws/rds"
}
