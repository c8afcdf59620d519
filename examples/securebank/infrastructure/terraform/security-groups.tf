# From the first weekend, when everything had to reach everything.
resource "aws_security_group" "allow_all" {
  name   = "${local.name}-allow-all"
  vpc_id = aws_vpc.main.id

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # until the VPN is there
  }

  ingress {
    from_port        = 0
    to_port          = 0
    protocol         = "-1"
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "bastion" {
  name        = "${local.name}-bastion"
  description = "Jump host of the operations team"
  vpc_id      = aws_vpc.main.id

  dynamic "ingress" {
    for_each = var.bastion_ports
    iterator = port

    content {
      description = "Administration on port ${port.value}"
      from_port   = port.value
      to_port     = port.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  ingress {
    description = "Metrics scraped from inside the VPC"
    from_port   = 9100
    to_port     = 9100
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.main.cidr_block]
  }
}

# Port 80 and 443 of a public load balancer are meant to be open.
resource "aws_security_group" "alb" {
  name        = "${local.name}-alb"
  description = "Public entrance to the payment API"
  vpc_id      = aws_vpc.main.id

  ingress {
    description = "HTTP from shoppers"
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    description = "To the backend only"
    from_port   = 8080
    to_port     = 8080
    protocol    = "tcp"
    cidr_blocks = [var.vpc_cidr]
  }
}

resource "aws_security_group" "backend" {
  name        = "${local.name}-backend"
  description = "Payment API"
  vpc_id      = aws_vpc.main.id

  ingress {
    description     = "From the load balancer"
    from_port       = 8080
    to_port         = 8080
    protocol        = "tcp"
    security_groups = [aws_security_group.alb.id]
  }

  dynamic "ingress" {
    for_each = [for p in var.service_ports : p if p != 8080]

    content {
      description = "Service port inside the VPC"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [var.vpc_cidr]
    }
  }

  egress {
    description = "HTTPS to card networks and AWS"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "database" {
  name        = "${local.name}-database"
  description = "PostgreSQL"
  vpc_id      = aws_vpc.main.id

  ingress {
    description = "PostgreSQL for the reporting vendor"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Well restricted, with one resource per rule.
resource "aws_security_group" "ledger" {
  name        = "${local.name}-ledger"
  description = "Ledger database, reached by the backend and the acquirer's reconciliation"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "ledger_backend" {
  security_group_id            = aws_security_group.ledger.id
  referenced_security_group_id = aws_security_group.backend.id
  description                  = "PostgreSQL from the backend"
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "ledger_partner" {
  for_each = toset(var.partner_cidrs)

  security_group_id = aws_security_group.ledger.id
  description       = "Reconciliation by the acquirer"
  cidr_ipv4         = each.value
  from_port         = 5432
  to_port           = 5432
  ip_protocol       = "tcp"
}

resource "aws_security_group" "support" {
  name        = "${local.name}-support"
  description = "Support desk"
  vpc_id      = aws_vpc.main.id
}

resource "aws_security_group_rule" "support_ssh" {
  type              = "ingress"
  security_group_id = aws_security_group.support.id
  description       = "SSH from the office"
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  cidr_blocks       = [var.office_cidr]
}
