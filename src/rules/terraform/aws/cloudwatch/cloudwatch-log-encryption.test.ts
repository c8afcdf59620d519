import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudwatch-log-encryption.ts'

testRule(rule, {
  valid: [
    {
      name: 'a key here or an alias, and one of two keys',
      code: hcl`
        variable "prod" { type = bool }
        resource "aws_kms_key" "a" {}
        resource "aws_kms_key" "b" {}
        resource "aws_cloudwatch_log_group" "l" {
          kms_key_id = var.prod ? aws_kms_key.a.arn : aws_kms_key.b.arn
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "given" {}
      resource "aws_cloudwatch_log_group" "l" {
        kms_key_id = var.given
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        variable "key" {
          default = null
        }
        resource "aws_cloudwatch_log_group" "l" {
          name = "/app"
        }
        resource "aws_cloudwatch_log_group" "m" {
          kms_key_id = var.key
        }
      `,
      problems: [
        { message: 'missing', at: '2:13-2:17' },
        { message: 'missing', at: '4:1-4:40' },
      ],
      output: null,
    },
  ],
})
