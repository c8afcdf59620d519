resource "aws_ecs_task_definition" "sample" {
  volume {
    efs_volume_configuration {
      transit_encryption = "ENABLED"
    }
  }
}
