import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './alb-strong-ciphers.ts'

testRule(rule, {
  valid: [
    {
      name: 'forward secrecy throughout, and plain HTTP, which other rules are for',
      code: hcl`
        resource "aws_lb_listener" "a" {
          protocol   = "HTTPS"
          ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
        }
        resource "aws_lb_listener" "b" {
          protocol   = "TLS"
          ssl_policy = "ELBSecurityPolicy-FS-1-2-2019-08"
        }
        resource "aws_lb_listener" "http" {
          protocol = "HTTP"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_alb_listener" "a" {
        protocol   = "HTTPS"
        ssl_policy = var.policy
      }
    `,
  ],
  invalid: [
    {
      name: 'TLS 1.2 with RSA key exchange, an extended policy, and the default',
      code: hcl`
        resource "aws_lb_listener" "a" {
          protocol   = "HTTPS"
          ssl_policy = "ELBSecurityPolicy-TLS-1-2-2017-01"
        }
        resource "aws_lb_listener" "b" {
          protocol   = "HTTPS"
          ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06"
        }
        resource "aws_lb_listener" "c" {
          protocol = "TLS"
        }
      `,
      problems: [
        { message: 'policy', at: '3:16-3:51' },
        { message: 'policy', at: '7:16-7:58' },
        { message: 'unset', at: '9:1-9:31' },
      ],
      output: null,
    },
  ],
})
