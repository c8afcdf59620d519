import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudtrail-cloudwatch-logs.ts'

testRule(rule, {
  valid: [
    {
      name: 'the ARN of a group with the suffix that CloudTrail wants',
      code: hcl`
        resource "aws_cloudwatch_log_group" "g" {}
        resource "aws_cloudtrail" "t" {
          cloud_watch_logs_group_arn = "\${aws_cloudwatch_log_group.g.arn}:*"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "group" {}
      resource "aws_cloudtrail" "t" {
        cloud_watch_logs_group_arn = var.group
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudtrail" "t" {
          s3_bucket_name = "audit"
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:30' }],
      output: null,
    },
  ],
})
