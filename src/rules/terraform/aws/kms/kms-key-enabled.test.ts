import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './kms-key-enabled.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_kms_key" "a" {}
    `,
  ],
  undecided: [
    hcl`
      variable "enabled" {}
      resource "aws_kms_key" "a" {
        is_enabled = var.enabled
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_kms_key" "a" {
          is_enabled = false
        }
      `,
      problems: [{ message: 'wrong', at: '2:16-2:21' }],
      output: hcl`
        resource "aws_kms_key" "a" {
          is_enabled = true
        }
      `,
    },
  ],
})
