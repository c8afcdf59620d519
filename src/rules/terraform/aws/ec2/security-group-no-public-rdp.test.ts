import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './security-group-no-public-rdp.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_security_group" "s" {
        ingress {
          from_port   = 22
          to_port     = 3388
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/0"]
        }
      }
    `,
    {
      name: 'a variable whose validation refuses the port',
      code: hcl`
        variable "port" {
          type = number
          validation {
            condition     = contains([80, 443], var.port)
            error_message = "Web ports only."
          }
        }
        resource "aws_security_group" "s" {
          ingress {
            from_port   = var.port
            to_port     = var.port
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'the upper end of the range is not known',
      code: hcl`
        variable "last" {}
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 3000
            to_port     = var.last
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'over UDP too',
      code: hcl`
        resource "aws_security_group_rule" "r" {
          type        = "ingress"
          from_port   = 3389
          to_port     = 3389
          protocol    = "17"
          cidr_blocks = ["0.0.0.0/0"]
        }
      `,
      problems: [{ message: 'public', at: '6:18-6:29', data: { cidr: '0.0.0.0/0', ports: 'Remote Desktop (3389)' } }],
      output: null,
    },
  ],
})
