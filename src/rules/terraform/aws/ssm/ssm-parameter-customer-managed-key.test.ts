import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ssm-parameter-customer-managed-key.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_kms_key" "k" {}
      resource "aws_ssm_parameter" "a" {
        type   = "SecureString"
        key_id = aws_kms_key.k.key_id
      }
      resource "aws_ssm_parameter" "b" {
        type           = "String"
        insecure_value = "x"
      }
      resource "aws_ssm_parameter" "c" {
        type  = "String"
        value = aws_kms_key.k.arn
      }
      resource "aws_ssm_parameter" "d" {
        type  = "StringList"
        value = "a,b"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "key" {}
      resource "aws_ssm_parameter" "a" {
        key_id = var.key
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ssm_parameter" "a" {
          type = "SecureString"
        }
        resource "aws_ssm_parameter" "b" {
          type   = "SecureString"
          key_id = "alias/aws/ssm"
        }
      `,
      problems: [
        { message: 'missing', at: '1:1-1:33' },
        { message: 'missing', at: '6:12-6:27' },
      ],
      output: null,
    },
  ],
})
