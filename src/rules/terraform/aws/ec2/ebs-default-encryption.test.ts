import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ebs-default-encryption.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_ebs_encryption_by_default" "a" {}
    `,
  ],
  undecided: [
    hcl`
      variable "on" {}
      resource "aws_ebs_encryption_by_default" "a" {
        enabled = var.on
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ebs_encryption_by_default" "a" {
          enabled = false
        }
      `,
      problems: [{ message: 'wrong', at: '2:13-2:18' }],
      output: hcl`
        resource "aws_ebs_encryption_by_default" "a" {
          enabled = true
        }
      `,
    },
  ],
})
