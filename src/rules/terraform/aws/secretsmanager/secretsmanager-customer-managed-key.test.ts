import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './secretsmanager-customer-managed-key.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_kms_key" "k" {}
      resource "aws_secretsmanager_secret" "s" {
        kms_key_id = aws_kms_key.k.arn
      }
    `,
  ],
  undecided: [
    hcl`
      variable "key" {}
      resource "aws_secretsmanager_secret" "s" {
        kms_key_id = var.key
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_secretsmanager_secret" "s" {
          name = "db"
        }
        resource "aws_secretsmanager_secret" "t" {
          kms_key_id = "alias/aws/secretsmanager"
        }
      `,
      problems: [
        { message: 'missing', at: '1:1-1:41' },
        { message: 'missing', at: '5:16-5:42' },
      ],
      output: null,
    },
  ],
})
