resource "aws_instance" "sample" {
  root_block_device {
    encrypted = true
  }
}
