import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './security-group-no-public-all-ports.ts'

testRule(rule, {
  valid: [
    {
      name: 'a wide range is not every port',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 1024
            to_port     = 65535
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      `,
    },
    {
      name: 'everything between members',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port = 0
            to_port   = 0
            protocol  = "-1"
            self      = true
          }
        }
      `,
    },
    {
      name: 'every ICMP message',
      code: hcl`
        resource "aws_vpc_security_group_ingress_rule" "r" {
          from_port   = -1
          to_port     = -1
          ip_protocol = "icmp"
          cidr_ipv4   = "0.0.0.0/0"
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'one resource per unknown source',
      code: hcl`
        variable "partners" {
          type = set(string)
        }
        resource "aws_vpc_security_group_ingress_rule" "r" {
          for_each    = var.partners
          cidr_ipv4   = each.value
          ip_protocol = "-1"
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'every protocol',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port        = 0
            to_port          = 0
            protocol         = "-1"
            cidr_blocks      = ["0.0.0.0/0"]
            ipv6_cidr_blocks = ["::/0"]
          }
        }
      `,
      problems: [{ message: 'public', at: '6:25-6:36', data: { cidr: '0.0.0.0/0', ports: 'every port' } }],
      output: null,
    },
    {
      name: 'every TCP port',
      code: hcl`
        resource "aws_vpc_security_group_ingress_rule" "r" {
          from_port   = 0
          to_port     = 65535
          ip_protocol = "TCP"
          cidr_ipv4   = "0.0.0.0/0"
        }
      `,
      problems: [{ message: 'public', at: '5:17-5:28' }],
      output: null,
    },
  ],
})
