import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './security-group-no-unrestricted-egress.ts'

testRule(rule, {
  valid: [
    {
      name: 'HTTPS only, inside only, and ingress, which other rules are for',
      code: hcl`
        resource "aws_security_group" "s" {
          egress {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
          egress {
            from_port   = 0
            to_port     = 0
            protocol    = "-1"
            cidr_blocks = ["10.0.0.0/8"]
          }
          ingress {
            from_port   = 0
            to_port     = 0
            protocol    = "-1"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
        resource "aws_security_group" "none" {}
        resource "aws_security_group_rule" "in" {
          type        = "ingress"
          from_port   = 0
          to_port     = 0
          protocol    = "-1"
          cidr_blocks = ["0.0.0.0/0"]
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "out" {}
      resource "aws_security_group" "s" {
        egress {
          from_port   = 0
          to_port     = 0
          protocol    = "-1"
          cidr_blocks = var.out
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'in its three resources',
      code: hcl`
        resource "aws_security_group" "s" {
          egress {
            from_port   = 0
            to_port     = 0
            protocol    = "-1"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
        resource "aws_security_group_rule" "r" {
          type             = "egress"
          from_port        = 0
          to_port          = 65535
          protocol         = "all"
          ipv6_cidr_blocks = ["::/0"]
        }
        resource "aws_vpc_security_group_egress_rule" "v" {
          ip_protocol = -1
          cidr_ipv4   = "0.0.0.0/0"
        }
        resource "aws_security_group_rule" "tcp" {
          type        = "egress"
          from_port   = 0
          to_port     = 65535
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/0"]
        }
      `,
      problems: [
        { message: 'public', at: '6:20-6:31' },
        { message: 'public', at: '14:23-14:29' },
        { message: 'public', at: '18:17-18:28' },
        { message: 'public', at: '25:18-25:29' },
      ],
      output: null,
    },
  ],
})
