resource "aws_efs_file_system" "sample" {
  encrypted = false
}
