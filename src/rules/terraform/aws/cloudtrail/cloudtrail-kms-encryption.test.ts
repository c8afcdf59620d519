import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudtrail-kms-encryption.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_kms_key" "k" {}
      resource "aws_cloudtrail" "t" {
        kms_key_id = aws_kms_key.k.arn
      }
    `,
  ],
  undecided: [
    hcl`
      variable "key" {}
      resource "aws_cloudtrail" "t" {
        kms_key_id = var.key
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudtrail" "a" {
          name = "a"
        }
        resource "aws_cloudtrail" "b" {
          kms_key_id = null
        }
      `,
      problems: [
        { message: 'missing', at: '1:1-1:30' },
        { message: 'missing', at: '5:16-5:20' },
      ],
      output: null,
    },
  ],
})
