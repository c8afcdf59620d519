resource "aws_codebuild_project" "sample" {
  artifacts {
    type                = "S3"
    encryption_disabled = true
  }
}
