import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './network-acl-no-public-ssh.ts'

testRule(rule, {
  valid: [
    {
      name: 'other ports, other sources, and traffic out',
      code: hcl`
        resource "aws_network_acl" "a" {
          ingress {
            rule_no    = 100
            action     = "allow"
            protocol   = "tcp"
            from_port  = 1024
            to_port    = 65535
            cidr_block = "0.0.0.0/0"
          }
          ingress {
            rule_no    = 110
            action     = "allow"
            protocol   = "-1"
            from_port  = 0
            to_port    = 0
            cidr_block = "10.0.0.0/8"
          }
          egress {
            rule_no    = 100
            action     = "allow"
            protocol   = "-1"
            from_port  = 0
            to_port    = 0
            cidr_block = "0.0.0.0/0"
          }
        }
        resource "aws_network_acl_rule" "out" {
          egress      = true
          rule_action = "allow"
          protocol    = "-1"
          cidr_block  = "0.0.0.0/0"
        }
      `,
    },
    {
      name: 'denied by an earlier entry',
      code: hcl`
        resource "aws_network_acl" "a" {
          ingress {
            rule_no    = 200
            action     = "allow"
            protocol   = "-1"
            from_port  = 0
            to_port    = 0
            cidr_block = "0.0.0.0/0"
          }
          ingress {
            rule_no    = 100
            action     = "deny"
            protocol   = "tcp"
            from_port  = 22
            to_port    = 22
            cidr_block = "0.0.0.0/0"
          }
        }
        resource "aws_network_acl" "b" {}
        resource "aws_network_acl_rule" "deny" {
          network_acl_id = aws_network_acl.b.id
          rule_number    = 50
          rule_action    = "deny"
          protocol       = "6"
          from_port      = 20
          to_port        = 25
          cidr_block     = "0.0.0.0/0"
        }
        resource "aws_network_acl_rule" "allow" {
          network_acl_id = aws_network_acl.b.id
          rule_number    = 100
          rule_action    = "allow"
          protocol       = "tcp"
          from_port      = 22
          to_port        = 22
          cidr_block     = "0.0.0.0/0"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "office" {}
      resource "aws_network_acl_rule" "r" {
        rule_action = "allow"
        protocol    = "tcp"
        from_port   = 22
        to_port     = 22
        cidr_block  = var.office
      }
    `,
    {
      name: 'entries from an unknown collection',
      code: hcl`
        variable "ports" {}
        resource "aws_network_acl" "a" {
          dynamic "ingress" {
            for_each = var.ports
            content {
              rule_no    = 100
              action     = "allow"
              protocol   = "tcp"
              from_port  = 22
              to_port    = 22
              cidr_block = "0.0.0.0/0"
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'inline, apart, and denied too late',
      code: hcl`
        resource "aws_network_acl" "a" {
          ingress {
            rule_no    = 100
            action     = "allow"
            protocol   = "tcp"
            from_port  = 20
            to_port    = 22
            cidr_block = "0.0.0.0/0"
          }
          ingress {
            rule_no    = 200
            action     = "deny"
            protocol   = "tcp"
            from_port  = 22
            to_port    = 22
            cidr_block = "0.0.0.0/0"
          }
        }
        resource "aws_network_acl_rule" "r" {
          rule_number     = 100
          rule_action     = "allow"
          protocol        = -1
          ipv6_cidr_block = "::/0"
        }
        resource "aws_default_network_acl" "d" {
          ingress {
            rule_no    = 100
            action     = "allow"
            protocol   = "-1"
            from_port  = 0
            to_port    = 0
            cidr_block = "0.0.0.0/0"
          }
        }
      `,
      problems: [
        { message: 'public', at: '8:18-8:29' },
        { message: 'public', at: '23:21-23:27' },
        { message: 'public', at: '32:18-32:29' },
      ],
      output: null,
    },
  ],
})
