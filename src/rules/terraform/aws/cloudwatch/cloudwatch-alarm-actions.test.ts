import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudwatch-alarm-actions.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_cloudwatch_metric_alarm" "a" {}
    `,
  ],
  undecided: [
    hcl`
      variable "loud" {}
      resource "aws_cloudwatch_metric_alarm" "a" {
        actions_enabled = var.loud
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudwatch_metric_alarm" "a" {
          actions_enabled = false # too noisy
        }
      `,
      problems: [{ message: 'wrong', at: '2:21-2:26' }],
      output: hcl`
        resource "aws_cloudwatch_metric_alarm" "a" {
          actions_enabled = true # too noisy
        }
      `,
    },
  ],
})
