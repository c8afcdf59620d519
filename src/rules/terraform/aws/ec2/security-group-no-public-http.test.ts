import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './security-group-no-public-http.ts'

testRule(rule, {
  valid: [
    {
      name: 'the group of a public load balancer, inline and in a rule of its own',
      code: hcl`
        resource "aws_security_group" "inline" {
          ingress {
            from_port   = 80
            to_port     = 80
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
        resource "aws_security_group" "apart" {}
        resource "aws_vpc_security_group_ingress_rule" "http" {
          security_group_id = aws_security_group.apart.id
          from_port         = 80
          to_port           = 80
          ip_protocol       = "tcp"
          cidr_ipv4         = "0.0.0.0/0"
        }
        resource "aws_lb" "shop" {
          security_groups = [aws_security_group.inline.id, aws_security_group.apart.id]
        }
      `,
    },
    {
      name: 'let in by an instance, but not on one',
      code: hcl`
        resource "aws_security_group" "lb" {
          ingress {
            from_port   = 80
            to_port     = 80
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
        resource "aws_elb" "shop" {
          security_groups = [aws_security_group.lb.id]
        }
        resource "aws_security_group" "web" {
          ingress {
            from_port       = 8080
            to_port         = 8080
            protocol        = "tcp"
            security_groups = [aws_security_group.lb.id]
          }
        }
        resource "aws_instance" "web" {
          vpc_security_group_ids = [aws_security_group.web.id]
          depends_on             = [aws_security_group.lb]
        }
        resource "aws_instance" "off" {
          count                  = 0
          vpc_security_group_ids = [aws_security_group.lb.id]
        }
        resource "aws_eks_node_group" "n" {
          remote_access {
            source_security_group_ids = [aws_security_group.lb.id]
          }
        }
      `,
    },
    {
      name: 'another port, and inside',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
          ingress {
            from_port   = 80
            to_port     = 80
            protocol    = "tcp"
            cidr_blocks = ["10.0.0.0/8"]
          }
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a load balancer that may be internal',
      code: hcl`
        variable "internal" {}
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 80
            to_port     = 80
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
        resource "aws_lb" "shop" {
          internal        = var.internal
          security_groups = [aws_security_group.s.id]
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a host, and an internal load balancer',
      code: hcl`
        resource "aws_security_group" "web" {
          ingress {
            from_port        = 0
            to_port          = 1024
            protocol         = "tcp"
            ipv6_cidr_blocks = ["::/0"]
          }
        }
        resource "aws_security_group" "inside" {
          ingress {
            from_port   = 80
            to_port     = 80
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
        resource "aws_lb" "inside" {
          internal        = true
          security_groups = [aws_security_group.inside.id]
        }
      `,
      problems: [
        { message: 'public', at: '6:25-6:31' },
        { message: 'public', at: '14:20-14:31' },
      ],
      output: null,
    },
    {
      name: 'on a public load balancer and on something else',
      code: hcl`
        resource "aws_security_group" "instance" {
          ingress {
            from_port   = 80
            to_port     = 80
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
        resource "aws_instance" "web" {
          vpc_security_group_ids = ["\${aws_security_group.instance.id}"]
        }
        resource "aws_security_group" "template" {}
        resource "aws_security_group_rule" "http" {
          type              = "ingress"
          security_group_id = aws_security_group.template.id
          from_port         = 80
          to_port           = 80
          protocol          = "tcp"
          cidr_blocks       = ["0.0.0.0/0"]
        }
        resource "aws_launch_template" "web" {
          network_interfaces {
            security_groups = [aws_security_group.template.id]
          }
        }
        resource "aws_lb" "shop" {
          security_groups = [aws_security_group.instance.id, aws_security_group.template.id]
        }
      `,
      problems: [
        { message: 'public', at: '6:20-6:31' },
        { message: 'public', at: '19:24-19:35' },
      ],
      output: null,
    },
  ],
})
