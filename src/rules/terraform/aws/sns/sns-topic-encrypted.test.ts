import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './sns-topic-encrypted.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_kms_key" "k" {}
      resource "aws_sns_topic" "a" {
        kms_master_key_id = aws_kms_key.k.id
      }
      resource "aws_sns_topic" "b" {
        kms_master_key_id = "alias/aws/sns"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "key" {}
      resource "aws_sns_topic" "a" {
        kms_master_key_id = var.key
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_sns_topic" "a" {}
        resource "aws_sns_topic" "b" {
          kms_master_key_id = ""
        }
      `,
      problems: [
        { message: 'missing', at: '1:1-1:29' },
        { message: 'missing', at: '3:23-3:25' },
      ],
      output: null,
    },
  ],
})
