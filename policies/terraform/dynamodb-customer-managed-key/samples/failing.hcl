resource "aws_dynamodb_table" "sample" {
  server_side_encryption {
    enabled = true
  }
}
