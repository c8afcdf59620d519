import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-ownership-controls.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_s3_bucket" "a" {}
      resource "aws_s3_bucket_ownership_controls" "a" {
        bucket = aws_s3_bucket.a.id
        rule {
          object_ownership = "BucketOwnerEnforced"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "private" { type = bool }
      resource "aws_s3_bucket" "a" {}
      resource "aws_s3_bucket_ownership_controls" "a" {
        bucket = aws_s3_bucket.a.id
        rule {
          object_ownership = var.private ? "BucketOwnerEnforced" : "ObjectWriter"
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'ACLs are on',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_ownership_controls" "a" {
          bucket = aws_s3_bucket.a.id
          rule {
            object_ownership = "ObjectWriter"
          }
        }
      `,
      problems: [{ message: 'aclsOn', at: '5:24-5:38', data: { ownership: 'ObjectWriter' } }],
      output: null,
    },
    {
      name: 'nothing says so',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
      `,
      problems: [{ message: 'missing' }],
      output: null,
    },
  ],
})
