locals {
  name       = "securebank-${var.environment}"
  account_id = "123456789012"

  tags = {
    Project     = "securebank"
    Environment = title(var.environment)
    ManagedBy   = "terraform"
  }

  public_subnet_ids  = [for name, s in var.subnets : aws_subnet.this[name].id if s.public]
  private_subnet_ids = [for name, s in var.subnets : aws_subnet.this[name].id if !s.public]

  export_buckets = toset(["chargebacks", "reconciliation", "settlements"])
}
