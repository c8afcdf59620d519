import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-restrict-public-buckets.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_s3_bucket_public_access_block" "a" {
        bucket = "a"
        restrict_public_buckets = true
      }
    `,
    {
      name: 'as text, behind a default',
      code: hcl`
        variable "on" { default = "true" }
        resource "aws_s3_bucket_public_access_block" "a" {
          restrict_public_buckets = var.on
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "on" { type = bool }
      resource "aws_s3_bucket_public_access_block" "a" {
        restrict_public_buckets = var.on
      }
    `,
  ],
  invalid: [
    {
      name: 'off',
      code: hcl`
        resource "aws_s3_bucket_public_access_block" "a" {
          restrict_public_buckets = false
        }
      `,
      problems: [{ message: 'off', at: '2:29-2:34' }],
      output: null,
    },
    {
      name: 'left out',
      code: hcl`
        resource "aws_s3_bucket_public_access_block" "a" {
          bucket = "a"
        }
      `,
      problems: [{ message: 'off', at: '1:1-1:49' }],
      output: null,
    },
  ],
})
