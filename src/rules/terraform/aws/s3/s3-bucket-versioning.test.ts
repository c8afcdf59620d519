import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-bucket-versioning.ts'

testRule(rule, {
  valid: [
    {
      name: 'by the name of the bucket',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          bucket = "acme"
        }
        resource "aws_s3_bucket_versioning" "a" {
          bucket = "acme"
          versioning_configuration {
            status = "Enabled"
          }
        }
      `,
    },
    {
      name: 'with Object Lock, which switches it on',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          object_lock_enabled = true
        }
        resource "aws_s3_bucket" "b" {
          object_lock_configuration {
            object_lock_enabled = "Enabled"
          }
        }
      `,
    },
    {
      name: 'inline',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          versioning {
            enabled = true
          }
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'perhaps with Object Lock',
      code: hcl`
        variable "locked" { type = bool }
        resource "aws_s3_bucket" "a" {
          object_lock_enabled = var.locked
        }
      `,
    },
    {
      name: 'a status that is not known',
      code: hcl`
        variable "status" { type = string }
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_versioning" "a" {
          bucket = aws_s3_bucket.a.id
          versioning_configuration {
            status = var.status
          }
        }
      `,
    },
    {
      name: 'a dynamic block of an unknown for_each',
      code: hcl`
        variable "versioning" { type = list(bool) }
        resource "aws_s3_bucket" "a" {
          dynamic "versioning" {
            for_each = var.versioning
            content {
              enabled = true
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'suspended',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_versioning" "a" {
          bucket = aws_s3_bucket.a.id
          versioning_configuration {
            status = "Suspended"
          }
        }
      `,
      problems: [{ message: 'off', at: '5:14-5:25' }],
      output: null,
    },
    {
      name: 'inline, without a value',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          versioning {
            mfa_delete = true
          }
        }
      `,
      problems: [{ message: 'off', at: '2:3-2:13' }],
      output: null,
    },
    {
      name: 'never on',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
      `,
      problems: [{ message: 'missing' }],
      output: null,
    },
  ],
})
