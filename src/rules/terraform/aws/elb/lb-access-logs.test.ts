import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './lb-access-logs.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_lb" "a" {
        access_logs {
          bucket  = "logs"
          enabled = true
        }
      }
      resource "aws_lb" "gateway" {
        load_balancer_type = "gateway"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "log" {}
      resource "aws_lb" "a" {
        access_logs {
          bucket  = "logs"
          enabled = var.log
        }
      }
    `,
    {
      name: 'logs that may not be there at all',
      code: hcl`
        variable "buckets" {}
        resource "aws_lb" "a" {
          dynamic "access_logs" {
            for_each = var.buckets
            content {
              bucket  = access_logs.value
              enabled = true
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'naming a bucket is not enough',
      code: hcl`
        resource "aws_lb" "a" {
          access_logs {
            bucket = "logs"
          }
        }
        resource "aws_alb" "b" {
          access_logs {
            bucket  = "logs"
            enabled = false
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:22' },
        { message: 'wrong', at: '9:15-9:20' },
      ],
      output: null,
    },
    {
      name: 'which bucket is for people to say',
      code: hcl`
        resource "aws_lb" "a" {
          name = "a"
        }
      `,
      problems: [{ message: 'wrong', at: '1:1-1:22' }],
      output: null,
    },
  ],
})
