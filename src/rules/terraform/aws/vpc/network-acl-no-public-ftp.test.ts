import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './network-acl-no-public-ftp.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_network_acl_rule" "https" {
        rule_action = "allow"
        protocol    = "tcp"
        from_port   = 443
        to_port     = 443
        cidr_block  = "0.0.0.0/0"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "action" {}
      resource "aws_network_acl_rule" "r" {
        rule_action = var.action
        protocol    = "tcp"
        from_port   = 21
        to_port     = 21
        cidr_block  = "0.0.0.0/0"
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_network_acl_rule" "r" {
          rule_action = "allow"
          protocol    = "tcp"
          from_port   = 20
          to_port     = 21
          cidr_block  = "0.0.0.0/0"
        }
      `,
      problems: [{ message: 'public', at: '6:17-6:28' }],
      output: null,
    },
  ],
})
