import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-bucket-encryption.ts'

testRule(rule, {
  valid: [
    {
      name: 'nothing stated: S3 encrypts by itself',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
      `,
    },
    {
      name: 'either way of a condition',
      code: hcl`
        variable "kms" { type = bool }
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id
          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = var.kms ? "aws:kms" : "AES256"
            }
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "algorithm" {}
      resource "aws_s3_bucket" "a" {
        server_side_encryption_configuration {
          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = var.algorithm
            }
          }
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id
          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = "none"
            }
          }
        }
      `,
      problems: [{ message: 'none', at: '6:23-6:29', data: { algorithm: 'none' } }],
      output: null,
    },
  ],
})
