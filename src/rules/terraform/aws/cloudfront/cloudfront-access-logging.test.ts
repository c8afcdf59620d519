import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudfront-access-logging.ts'

testRule(rule, {
  valid: [
    {
      name: 'logs in a bucket, or delivered by CloudWatch',
      code: hcl`
        resource "aws_cloudfront_distribution" "a" {
          logging_config {
            bucket = "logs.s3.amazonaws.com"
          }
        }
        resource "aws_cloudfront_distribution" "b" {}
        resource "aws_cloudwatch_log_delivery_source" "b" {
          name         = "b"
          log_type     = "ACCESS_LOGS"
          resource_arn = aws_cloudfront_distribution.b.arn
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "buckets" {}
      resource "aws_cloudfront_distribution" "d" {
        dynamic "logging_config" {
          for_each = var.buckets
          content {
            bucket = logging_config.value
          }
        }
      }
    `,
    {
      name: 'a delivery of something',
      code: hcl`
        variable "arn" {}
        resource "aws_cloudfront_distribution" "d" {}
        resource "aws_cloudwatch_log_delivery_source" "s" {
          resource_arn = var.arn
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudfront_distribution" "d" {
          enabled = true
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:43' }],
      output: null,
    },
  ],
})
