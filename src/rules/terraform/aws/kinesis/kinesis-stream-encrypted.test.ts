import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './kinesis-stream-encrypted.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_kinesis_stream" "a" {
        encryption_type = "KMS"
        kms_key_id      = "alias/aws/kinesis"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "type" {}
      resource "aws_kinesis_stream" "a" {
        encryption_type = var.type
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_kinesis_stream" "a" {
          name = "clicks"
        }
        resource "aws_kinesis_stream" "b" {
          encryption_type = "NONE"
          kms_key_id      = "alias/clicks"
        }
      `,
      problems: [
        { message: 'plain', at: '1:1-1:34' },
        { message: 'plain', at: '5:21-5:27' },
      ],
      output: hcl`
        resource "aws_kinesis_stream" "a" {
          name = "clicks"

          encryption_type = "KMS"
          kms_key_id      = "alias/aws/kinesis"
        }
        resource "aws_kinesis_stream" "b" {
          encryption_type = "KMS"
          kms_key_id      = "alias/clicks"
        }
      `,
    },
  ],
})
