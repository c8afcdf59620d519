import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './alb-drop-invalid-headers.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_lb" "a" {
        drop_invalid_header_fields = true
      }
    `,
    {
      name: 'other kinds have no headers',
      code: hcl`
        resource "aws_lb" "a" {
          load_balancer_type = "network"
        }
        resource "aws_alb" "b" {
          load_balancer_type = "gateway"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "drop" {}
      resource "aws_lb" "a" {
        drop_invalid_header_fields = var.drop
      }
    `,
    {
      name: 'a kind that is not known',
      code: hcl`
        variable "kind" {}
        resource "aws_lb" "a" {
          load_balancer_type = var.kind
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_lb" "a" {
          load_balancer_type         = "application"
          drop_invalid_header_fields = false
        }
        resource "aws_alb" "b" {
          name = "b"
        }
      `,
      problems: [
        { message: 'wrong', at: '3:32-3:37' },
        { message: 'wrong', at: '5:1-5:23' },
      ],
      output: null,
    },
  ],
})
