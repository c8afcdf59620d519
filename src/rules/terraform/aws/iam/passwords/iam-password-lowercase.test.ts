import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-password-lowercase.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_iam_account_password_policy" "p" {
        require_lowercase_characters = true
      }
    `,
  ],
  undecided: [
    hcl`
      variable "on" { type = bool }
      resource "aws_iam_account_password_policy" "p" {
        require_lowercase_characters = var.on
      }
    `,
  ],
  invalid: [
    {
      name: 'off',
      code: hcl`
        resource "aws_iam_account_password_policy" "p" {
          require_lowercase_characters = false # for now
        }
      `,
      problems: [{ message: 'weak' }],
      output: hcl`
        resource "aws_iam_account_password_policy" "p" {
          require_lowercase_characters = true # for now
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

          require_lowercase_characters = true
        }
      `,
    },
  ],
})
