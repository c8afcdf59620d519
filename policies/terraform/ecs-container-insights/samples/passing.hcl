resource "aws_ecs_cluster" "sample" {
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
