resource "aws_codebuild_project" "sample" {
  environment {
    privileged_mode = true
  }
}
