import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './alb-target-group-https.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_lb_target_group" "a" {
        protocol = "HTTPS"
      }
      resource "aws_lb_target_group" "tcp" {
        protocol = "TCP"
      }
      resource "aws_alb_target_group" "function" {
        target_type = "lambda"
      }
    `,
    {
      name: 'a protocol that does not count',
      code: hcl`
        resource "aws_lb_target_group" "function" {
          target_type = "lambda"
          protocol    = "HTTP"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "protocol" {}
      resource "aws_lb_target_group" "a" {
        protocol = var.protocol
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_lb_target_group" "a" {
          port     = 8080
          protocol = "HTTP"
        }
      `,
      problems: [{ message: 'wrong', at: '3:14-3:20' }],
      output: null,
    },
  ],
})
