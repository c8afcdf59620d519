import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './lb-deletion-protection.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_lb" "a" {
        enable_deletion_protection = true
      }
    `,
  ],
  undecided: [
    hcl`
      variable "protect" {}
      resource "aws_lb" "a" {
        enable_deletion_protection = var.protect
      }
    `,
  ],
  invalid: [
    {
      name: 'where the value is written, and where it is missing',
      code: hcl`
        variable "protect" {
          default = false
        }
        resource "aws_lb" "a" {
          enable_deletion_protection = var.protect
        }
        resource "aws_alb" "b" {}
      `,
      problems: [
        { message: 'wrong', at: '2:13-2:18' },
        { message: 'wrong', at: '7:1-7:23' },
      ],
      output: null,
    },
  ],
})
