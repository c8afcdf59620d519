import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-access-point-public-access-block.ts'

testRule(rule, {
  valid: [
    {
      name: 'all four are on by default',
      code: hcl`
        resource "aws_s3_access_point" "a" {}
        resource "aws_s3_access_point" "b" {
          public_access_block_configuration {
            block_public_acls = true
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "block" {}
      resource "aws_s3_access_point" "a" {
        public_access_block_configuration {
          block_public_policy = var.block
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_s3_access_point" "a" {
          public_access_block_configuration {
            block_public_acls       = true
            block_public_policy     = false
            restrict_public_buckets = false # partners
          }
        }
      `,
      problems: [
        { message: 'off', at: '4:31-4:36', data: { flag: 'block_public_policy' } },
        { message: 'off', at: '5:31-5:36', data: { flag: 'restrict_public_buckets' } },
      ],
      output: hcl`
        resource "aws_s3_access_point" "a" {
          public_access_block_configuration {
            block_public_acls       = true
            block_public_policy     = true
            restrict_public_buckets = true # partners
          }
        }
      `,
    },
  ],
})
