import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-password-expiry.ts'

testRule(rule, {
  valid: [
    {
      name: 'the validation of a variable refuses what would be wrong',
      code: hcl`
        variable "n" {
          type     = number
          nullable = false
          validation {
            condition     = var.n >= 1 && var.n <= 90
            error_message = "No."
          }
        }
        resource "aws_iam_account_password_policy" "p" {
          max_password_age = var.n
        }
      `,
    },
    hcl`
      resource "aws_iam_account_password_policy" "p" {
        max_password_age = 60
      }
    `,
    hcl`
      variable "strict" { type = bool }
      resource "aws_iam_account_password_policy" "p" {
        max_password_age = var.strict ? 60 : 90
      }
    `,
  ],
  undecided: [
    hcl`
      variable "given" {}
      resource "aws_iam_account_password_policy" "p" {
        max_password_age = var.given
      }
    `,
    hcl`
      variable "strict" { type = bool }
      resource "aws_iam_account_password_policy" "p" {
        max_password_age = var.strict ? 60 : 0
      }
    `,
  ],
  invalid: [
    {
      name: 'out of bounds',
      code: hcl`
        resource "aws_iam_account_password_policy" "p" {
          max_password_age = 0 # for now
        }
      `,
      problems: [{ message: 'weak', data: { value: 0 } }],
      output: hcl`
        resource "aws_iam_account_password_policy" "p" {
          max_password_age = 90 # for now
        }
      `,
    },
    {
      name: 'not set',
      code: hcl`
        resource "aws_iam_account_password_policy" "p" {
          require_symbols = true
        }
      `,
      problems: [{ message: 'weak', at: '1:1-1:47', data: { value: 'not set' } }],
      output: hcl`
        resource "aws_iam_account_password_policy" "p" {
          require_symbols = true

          max_password_age = 90
        }
      `,
    },
  ],
})
