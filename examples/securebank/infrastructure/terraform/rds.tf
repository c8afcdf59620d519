resource "aws_db_subnet_group" "main" {
  name       = local.name
  subnet_ids = local.private_subnet_ids
}

resource "aws_db_parameter_group" "payments" {
  name   = "${local.name}-payments"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "0" # the reporting vendor's driver is old
  }
}

resource "aws_db_instance" "payments" {
  identifier        = "${local.name}-payments"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 100

  db_name  = "payments"
  username = "securebank"
  password = "supersecret123"

  db_subnet_group_name   = aws_db_subnet_group.main.name
  parameter_group_name   = aws_db_parameter_group.payments.name
  vpc_security_group_ids = [aws_security_group.database.id, aws_security_group.allow_all.id]
  publicly_accessible    = true

  storage_encrypted          = false
  backup_retention_period    = 0
  skip_final_snapshot        = true
  deletion_protection        = false
  auto_minor_version_upgrade = false
}

# The ledger came later and was reviewed by the auditor's consultant.
resource "aws_db_instance" "ledger" {
  identifier        = "${local.name}-ledger"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 50
  multi_az          = true

  db_name                     = "ledger"
  username                    = "ledger"
  manage_master_user_password = true

  db_subnet_group_name   = aws_db_subnet_group.main.name
  parameter_group_name   = aws_db_parameter_group.ledger.name
  vpc_security_group_ids = [aws_security_group.ledger.id]
  publicly_accessible    = false
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.vault.arn
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.vault.arn
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.rds_monitoring.arn

  backup_retention_period    = 35
  copy_tags_to_snapshot      = true
  deletion_protection        = true
  auto_minor_version_upgrade = true
  skip_final_snapshot        = false
  final_snapshot_identifier  = "${local.name}-ledger-final"
}

resource "aws_db_parameter_group" "ledger" {
  name   = "${local.name}-ledger"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}
