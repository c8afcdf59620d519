resource "aws_ecs_task_definition" "sample" {
  container_definitions = jsonencode([{ name = "sample", privileged = true }])
}
