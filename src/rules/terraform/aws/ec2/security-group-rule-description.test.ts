import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './security-group-rule-description.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_security_group" "s" {
        ingress {
          description = "HTTPS from shoppers"
          from_port   = 443
        }
        dynamic "egress" {
          for_each = { db = 5432 }
          content {
            description = "To \${egress.key}"
          }
        }
      }
      resource "aws_security_group_rule" "r" {
        description = "SSH from the office"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "text" {}
      resource "aws_vpc_security_group_ingress_rule" "r" {
        description = var.text
      }
    `,
    {
      name: 'a rule that may not be there',
      code: hcl`
        variable "ports" {}
        resource "aws_security_group" "s" {
          dynamic "ingress" {
            for_each = var.ports
            content {
              from_port = ingress.value
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'each rule by itself',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port = 443
          }
          egress {
            description = ""
          }
        }
        resource "aws_security_group_rule" "r" {
          type = "ingress"
        }
        resource "aws_vpc_security_group_egress_rule" "v" {
          ip_protocol = "-1"
        }
      `,
      problems: [
        { message: 'missing', at: '2:3-2:10' },
        { message: 'missing', at: '5:3-5:9' },
        { message: 'missing', at: '9:1-9:39' },
        { message: 'missing', at: '12:1-12:50' },
      ],
      output: null,
    },
  ],
})
