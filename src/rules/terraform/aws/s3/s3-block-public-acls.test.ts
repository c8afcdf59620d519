import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-block-public-acls.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_s3_bucket_public_access_block" "a" {
        bucket = "a"
        block_public_acls = true
      }
    `,
    {
      name: 'as text, behind a default',
      code: hcl`
        variable "on" { default = "true" }
        resource "aws_s3_bucket_public_access_block" "a" {
          block_public_acls = var.on
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "on" { type = bool }
      resource "aws_s3_bucket_public_access_block" "a" {
        block_public_acls = var.on
      }
    `,
  ],
  invalid: [
    {
      name: 'off',
      code: hcl`
        resource "aws_s3_bucket_public_access_block" "a" {
          block_public_acls = false
        }
      `,
      problems: [{ message: 'off', at: '2:23-2:28' }],
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
