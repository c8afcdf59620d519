resource "aws_secretsmanager_secret" "sample" {
}
