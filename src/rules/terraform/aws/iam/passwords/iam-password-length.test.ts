import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-password-length.ts'

testRule(rule, {
  valid: [
    {
      name: 'the validation of a variable refuses what would be wrong',
      code: hcl`
        variable "n" {
          type     = number
          nullable = false
          validation {
            condition     = var.n >= 14
            error_message = "No."
          }
        }
        resource "aws_iam_account_password_policy" "p" {
          minimum_password_length = var.n
        }
      `,
    },
    hcl`
      resource "aws_iam_account_password_policy" "p" {
        minimum_password_length = 16
      }
    `,
    hcl`
      variable "strict" { type = bool }
      resource "aws_iam_account_password_policy" "p" {
        minimum_password_length = var.strict ? 16 : 14
      }
    `,
  ],
  undecided: [
    hcl`
      variable "given" {}
      resource "aws_iam_account_password_policy" "p" {
        minimum_password_length = var.given
      }
    `,
    hcl`
      variable "strict" { type = bool }
      resource "aws_iam_account_password_policy" "p" {
        minimum_password_length = var.strict ? 16 : 12
      }
    `,
  ],
  invalid: [
    {
      name: 'out of bounds',
      code: hcl`
        resource "aws_iam_account_password_policy" "p" {
          minimum_password_length = 12 # for now
        }
      `,
      problems: [{ message: 'weak', data: { value: 12 } }],
      output: hcl`
        resource "aws_iam_account_password_policy" "p" {
          minimum_password_length = 14 # for now
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

          minimum_password_length = 14
        }
      `,
    },
  ],
})
