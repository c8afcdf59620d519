import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-password-number.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_iam_account_password_policy" "p" {
        require_numbers = true
      }
    `,
  ],
  undecided: [
    hcl`
      variable "on" { type = bool }
      resource "aws_iam_account_password_policy" "p" {
        require_numbers = var.on
      }
    `,
  ],
  invalid: [
    {
      name: 'off',
      code: hcl`
        resource "aws_iam_account_password_policy" "p" {
          require_numbers = false # for now
        }
      `,
      problems: [{ message: 'weak' }],
      output: hcl`
        resource "aws_iam_account_password_policy" "p" {
          require_numbers = true # for now
        }
      `,
    },
    {
      name: 'not set',
      code: hcl`
        resource "aws_iam_account_password_policy" "p" {
          hard_expiry = false
        }
      `,
      problems: [{ message: 'weak', at: '1:1-1:47' }],
      output: hcl`
        resource "aws_iam_account_password_policy" "p" {
          hard_expiry = false

          require_numbers = true
        }
      `,
    },
  ],
})
