import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './network-acl-no-public-rdp.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_network_acl_rule" "ephemeral" {
        rule_number = 100
        rule_action = "allow"
        protocol    = "tcp"
        from_port   = 32768
        to_port     = 65535
        cidr_block  = "0.0.0.0/0"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "port" {}
      resource "aws_network_acl_rule" "r" {
        rule_action = "allow"
        protocol    = "tcp"
        from_port   = var.port
        to_port     = var.port
        cidr_block  = "0.0.0.0/0"
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_network_acl_rule" "r" {
          rule_number = 100
          rule_action = "ALLOW"
          protocol    = "tcp"
          from_port   = "1024"
          to_port     = "65535"
          cidr_block  = "0.0.0.0/0"
        }
      `,
      problems: [{ message: 'public', at: '7:17-7:28' }],
      output: null,
    },
  ],
})
