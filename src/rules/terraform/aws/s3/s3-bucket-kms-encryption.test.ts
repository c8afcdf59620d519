import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-bucket-kms-encryption.ts'

testRule(rule, {
  valid: [
    {
      name: 'a companion by reference',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.bucket
          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = "aws:kms"
            }
          }
        }
      `,
    },
    {
      name: 'every candidate is KMS',
      code: hcl`
        variable "double" { type = bool }
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id
          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = var.double ? "aws:kms:dsse" : "aws:kms"
            }
          }
        }
      `,
    },
    {
      name: 'a log destination cannot have it',
      code: hcl`
        resource "aws_s3_bucket" "logs" {}
        resource "aws_lb" "x" {
          access_logs { bucket = aws_s3_bucket.logs.id }
        }
      `,
    },
    {
      name: 'log delivery by policy',
      code: hcl`
        resource "aws_s3_bucket" "logs" {
          bucket = "l"
        }
        resource "aws_s3_bucket_policy" "logs" {
          bucket = "l"
          policy = jsonencode({ Statement = [{
            Effect = "Allow", Principal = { Service = "logging.s3.amazonaws.com" }, Action = "s3:PutObject", Resource = "*"
          }] })
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'one candidate is not KMS',
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
    {
      name: 'a companion of an unknown bucket',
      code: hcl`
        variable "bucket" { type = string }
        resource "aws_s3_bucket" "a" {
          bucket = "a"
        }
        resource "aws_s3_bucket_server_side_encryption_configuration" "x" {
          bucket = var.bucket
        }
      `,
    },
    {
      name: 'a companion that may not exist',
      code: hcl`
        variable "on" { type = bool }
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          count  = var.on ? 1 : 0
          bucket = aws_s3_bucket.a.id
          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = "aws:kms"
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'nothing at all',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
      `,
      problems: [{ message: 'missing', at: '1:1-1:29' }],
      output: null,
    },
    {
      name: 'inline SSE-S3',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          server_side_encryption_configuration {
            rule {
              apply_server_side_encryption_by_default {
                sse_algorithm = "AES256"
              }
            }
          }
        }
      `,
      problems: [{ message: 'notKms', at: '5:25-5:33', data: { algorithm: 'AES256' } }],
      output: null,
    },
    {
      name: 'each bucket of a for_each by itself',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          for_each = toset(["x", "y"])
        }
        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          for_each = toset(["x", "y"])
          bucket   = aws_s3_bucket.a[each.key].id
          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = each.key == "x" ? "aws:kms" : "AES256"
            }
          }
        }
      `,
      problems: [{ message: 'notKms', at: '9:53-9:61' }],
      output: null,
    },
  ],
})
