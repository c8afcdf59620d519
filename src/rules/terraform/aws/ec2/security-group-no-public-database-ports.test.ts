import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './security-group-no-public-database-ports.ts'

testRule(rule, {
  valid: [
    {
      name: 'web ports for everyone, PostgreSQL for the network',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
          ingress {
            from_port   = 5432
            to_port     = 5432
            protocol    = "tcp"
            cidr_blocks = ["10.20.0.0/16"]
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "vendor" {}
      resource "aws_vpc_security_group_ingress_rule" "r" {
        from_port   = 5432
        to_port     = 5432
        ip_protocol = "tcp"
        cidr_ipv4   = var.vendor
      }
    `,
  ],
  invalid: [
    {
      name: 'one problem for a rule that opens several',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 5400
            to_port     = 6400
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      `,
      problems: [
        {
          message: 'public',
          at: '6:20-6:31',
          data: { cidr: '0.0.0.0/0', ports: 'PostgreSQL (5432), Redshift (5439), Redis (6379)' },
        },
      ],
      output: null,
    },
    {
      name: 'every protocol opens all of them',
      code: hcl`
        resource "aws_vpc_security_group_ingress_rule" "r" {
          ip_protocol = "-1"
          cidr_ipv6   = "2000::/3"
        }
      `,
      problems: [{ message: 'public', at: '3:17-3:27', data: { cidr: '2000::/3', ports: 'every one of them' } }],
      output: null,
    },
  ],
})
