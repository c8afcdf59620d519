resource "aws_ecs_service" "sample" {
  network_configuration {
    assign_public_ip = true
  }
}
