resource "aws_ecr_repository" "sample" {
  image_scanning_configuration {
    scan_on_push = false
  }
}
