import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-lifecycle-configuration.ts'

testRule(rule, {
  valid: [
    {
      name: 'one of two rules is enabled',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          bucket = aws_s3_bucket.a.id
          rule {
            id     = "x"
            status = "Disabled"
          }
          rule {
            id     = "y"
            status = "Enabled"
          }
        }
      `,
    },
    {
      name: 'inline',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          lifecycle_rule {
            enabled = true
          }
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a status that is not known',
      code: hcl`
        variable "status" { type = string }
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          bucket = aws_s3_bucket.a.id
          rule {
            status = var.status
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'none',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          lifecycle {
            prevent_destroy = true
          }
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:29' }],
      output: null,
    },
    {
      name: 'all rules are disabled',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          lifecycle_rule {
            enabled = false
          }
        }
      `,
      problems: [{ message: 'disabled' }],
      output: null,
    },
  ],
})
