import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './sqs-queue-encrypted.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_kms_key" "k" {}
      resource "aws_sqs_queue" "a" {
        kms_master_key_id = aws_kms_key.k.arn
      }
      resource "aws_sqs_queue" "b" {
        sqs_managed_sse_enabled = true
      }
    `,
  ],
  undecided: [
    hcl`
      variable "key" {}
      resource "aws_sqs_queue" "a" {
        kms_master_key_id = var.key
      }
    `,
    {
      name: 'the switch is not known',
      code: hcl`
        variable "sse" {}
        resource "aws_sqs_queue" "a" {
          sqs_managed_sse_enabled = var.sse
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_sqs_queue" "a" {
          sqs_managed_sse_enabled = false
        }
        resource "aws_sqs_queue" "b" {
          name = "b"
        }
      `,
      problems: [
        { message: 'off', at: '2:29-2:34' },
        { message: 'unset', at: '4:1-4:29' },
      ],
      output: hcl`
        resource "aws_sqs_queue" "a" {
          sqs_managed_sse_enabled = true
        }
        resource "aws_sqs_queue" "b" {
          name = "b"

          sqs_managed_sse_enabled = true
        }
      `,
    },
  ],
})
