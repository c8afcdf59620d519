resource "aws_secretsmanager_secret_rotation" "sample" {
  rotation_rules {
    automatically_after_days = 30
  }
}
