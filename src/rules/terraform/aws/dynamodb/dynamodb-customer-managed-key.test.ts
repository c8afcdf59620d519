import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './dynamodb-customer-managed-key.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_kms_key" "k" {}
      resource "aws_dynamodb_table" "t" {
        server_side_encryption {
          enabled     = true
          kms_key_arn = aws_kms_key.k.arn
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "key" {}
      resource "aws_dynamodb_table" "t" {
        server_side_encryption {
          enabled     = true
          kms_key_arn = var.key
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_dynamodb_table" "a" {}
        resource "aws_dynamodb_table" "b" {
          server_side_encryption {
            enabled     = false
            kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1"
          }
        }
        resource "aws_dynamodb_table" "c" {
          server_side_encryption {
            enabled = true
          }
        }
      `,
      problems: [
        { message: 'off', at: '1:1-1:34' },
        { message: 'off', at: '4:19-4:24' },
        { message: 'missing', at: '9:3-9:25' },
      ],
      output: null,
    },
  ],
})
