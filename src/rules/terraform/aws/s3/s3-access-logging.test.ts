import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-access-logging.ts'

testRule(rule, {
  valid: [
    {
      name: 'logged, and the target itself is exempt',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket" "logs" {}
        resource "aws_s3_bucket_logging" "a" {
          bucket        = aws_s3_bucket.a.id
          target_bucket = aws_s3_bucket.logs.id
          target_prefix = "a/"
        }
      `,
    },
    {
      name: 'inline, to a bucket elsewhere',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          logging {
            target_bucket = "central-logs"
          }
        }
      `,
    },
    {
      name: 'the canned ACL of log targets',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          acl = "log-delivery-write"
        }
      `,
    },
    {
      name: 'a required argument cannot be null',
      code: hcl`
        variable "target" { type = string }
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_logging" "a" {
          bucket        = aws_s3_bucket.a.id
          target_bucket = var.target
        }
        resource "aws_s3_bucket" "b" {
          logging {
            target_bucket = data.terraform_remote_state.base.outputs.log_bucket
          }
        }
        data "terraform_remote_state" "base" {
          backend = "s3"
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'not logged',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
      `,
      problems: [{ message: 'missing', at: '1:1-1:29' }],
      output: null,
    },
    {
      name: 'a default of null',
      code: hcl`
        variable "target" {
          type    = string
          default = null
        }
        resource "aws_s3_bucket" "a" {
          logging {
            target_bucket = var.target
          }
        }
      `,
      problems: [{ message: 'noTarget', at: '3:13-3:17' }],
      output: null,
    },
  ],
})
