import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-public-access-block.ts'

testRule(rule, {
  valid: [
    {
      name: 'behind the same count',
      code: hcl`
        variable "on" { type = bool }
        resource "aws_s3_bucket" "a" {
          count = var.on ? 1 : 0
        }
        resource "aws_s3_bucket_public_access_block" "a" {
          count  = var.on ? 1 : 0
          bucket = aws_s3_bucket.a[0].id
        }
      `,
    },
    {
      name: 'for all of a for_each that is not known',
      code: hcl`
        variable "names" { type = set(string) }
        resource "aws_s3_bucket" "a" {
          for_each = var.names
        }
        resource "aws_s3_bucket_public_access_block" "a" {
          for_each = aws_s3_bucket.a
          bucket   = each.value.id
        }
      `,
    },
    {
      name: 'the whole account is blocked',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_account_public_access_block" "x" {
          block_public_acls       = true
          block_public_policy     = true
          ignore_public_acls      = true
          restrict_public_buckets = true
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a module that is not on disk gets the bucket',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        module "guard" {
          source = "acme/guard/aws"
          bucket = aws_s3_bucket.a.id
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a module that is not on disk uses the bucket for something else',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        module "key" {
          source     = "acme/kms/aws"
          statements = [{ actions = ["kms:Decrypt"], for = aws_s3_bucket.a.arn }]
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:29' }],
      output: null,
    },
    {
      name: 'only for the other bucket',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket" "b" {}
        resource "aws_s3_bucket_public_access_block" "b" {
          bucket = aws_s3_bucket.b.id
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:29' }],
      output: null,
    },
    {
      name: 'the account is blocked only in part',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_account_public_access_block" "x" {
          block_public_acls = true
        }
      `,
      problems: [{ message: 'missing' }],
      output: null,
    },
  ],
})
