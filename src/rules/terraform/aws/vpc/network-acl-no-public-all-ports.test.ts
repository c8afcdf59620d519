import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './network-acl-no-public-all-ports.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_network_acl_rule" "inside" {
        rule_action = "allow"
        protocol    = "-1"
        cidr_block  = "10.0.0.0/16"
      }
      resource "aws_network_acl_rule" "answers" {
        rule_action = "allow"
        protocol    = "tcp"
        from_port   = 1024
        to_port     = 65535
        cidr_block  = "0.0.0.0/0"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "protocol" {}
      resource "aws_network_acl_rule" "r" {
        rule_action = "allow"
        protocol    = var.protocol
        cidr_block  = "0.0.0.0/0"
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_network_acl_rule" "r" {
          rule_action = "allow"
          protocol    = "all"
          cidr_block  = "0.0.0.0/0"
        }
      `,
      problems: [{ message: 'public', at: '4:17-4:28' }],
      output: null,
    },
  ],
})
