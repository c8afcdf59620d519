import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './alb-tls-minimum.ts'

testRule(rule, {
  valid: [
    {
      name: 'current policies, and listeners without TLS of their own',
      code: hcl`
        resource "aws_lb_listener" "a" {
          protocol   = "HTTPS"
          ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
        }
        resource "aws_lb_listener" "b" {
          protocol   = "TLS"
          ssl_policy = "ELBSecurityPolicy-TLS-1-2-Ext-2018-06"
        }
        resource "aws_alb_listener" "tcp" {
          protocol = "TCP"
        }
      `,
    },
    {
      name: 'either of two good policies',
      code: hcl`
        variable "strict" {}
        resource "aws_lb_listener" "a" {
          protocol   = "HTTPS"
          ssl_policy = var.strict ? "ELBSecurityPolicy-TLS13-1-3-2021-06" : "ELBSecurityPolicy-FS-1-2-Res-2020-10"
        }
      `,
    },
    {
      name: 'the validation of a variable refuses old policies',
      code: hcl`
        variable "policy" {
          type     = string
          nullable = false
          validation {
            condition     = startswith(var.policy, "ELBSecurityPolicy-TLS13-1-2")
            error_message = "TLS 1.2 at least."
          }
        }
        resource "aws_lb_listener" "a" {
          protocol   = "HTTPS"
          ssl_policy = var.policy
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_lb_listener" "a" {
        protocol   = "HTTPS"
        ssl_policy = var.policy
      }
    `,
  ],
  invalid: [
    {
      name: 'an old policy, and none',
      code: hcl`
        resource "aws_lb_listener" "a" {
          protocol   = "HTTPS"
          ssl_policy = "ELBSecurityPolicy-FS-1-1-2019-08"
        }
        resource "aws_lb_listener" "b" {
          port     = 443
          protocol = "HTTPS"
        }
      `,
      problems: [
        { message: 'policy', at: '3:16-3:50', data: { policy: 'ELBSecurityPolicy-FS-1-1-2019-08' } },
        { message: 'unset', at: '5:1-5:31' },
      ],
      output: null,
    },
    {
      name: 'plain HTTP',
      code: hcl`
        resource "aws_lb_listener" "a" {
          protocol = "HTTP"
          default_action {
            type = "forward"
          }
        }
      `,
      problems: [{ message: 'plain', at: '2:14-2:20' }],
      output: null,
    },
  ],
})
