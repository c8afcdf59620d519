import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './guardduty-enabled.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_guardduty_detector" "a" {
        enable = true
      }
      resource "aws_guardduty_detector" "b" {}
    `,
  ],
  undecided: [
    hcl`
      variable "on" {}
      resource "aws_guardduty_detector" "a" {
        enable = var.on
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_guardduty_detector" "a" {
          enable = false
        }
      `,
      problems: [{ message: 'wrong', at: '2:12-2:17' }],
      output: hcl`
        resource "aws_guardduty_detector" "a" {
          enable = true
        }
      `,
    },
  ],
})
