resource "aws_dynamodb_table" "sample" {
  point_in_time_recovery {
    enabled = true
  }
}
