import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudtrail-sns-topic.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_sns_topic" "s" {}
      resource "aws_cloudtrail" "t" {
        sns_topic_name = aws_sns_topic.s.arn
      }
    `,
  ],
  undecided: [
    hcl`
      variable "topic" {}
      resource "aws_cloudtrail" "t" {
        sns_topic_name = var.topic
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudtrail" "t" {
          name = "t"
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:30' }],
      output: null,
    },
  ],
})
