resource "aws_ecr_repository" "sample" {
  encryption_configuration {
    encryption_type = "AES256"
  }
}
