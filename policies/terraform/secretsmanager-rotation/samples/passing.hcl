resource "aws_secretsmanager_secret" "sample" {
  name = "sample"
}

resource "aws_secretsmanager_secret_rotation" "sample" {
  secret_id = aws_secretsmanager_secret.sample.id

  rotation_rules {
    automatically_after_days = 30
  }
}
