resource "aws_ecr_repository" "sample" {
  image_tag_mutability = "MUTABLE"
}
