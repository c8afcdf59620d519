import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-password-reuse.ts'

testRule(rule, {
  valid: [
    {
      name: 'the validation of a variable refuses what would be wrong',
      code: hcl`
        variable "n" {
          type     = number
          nullable = false
          validation {
            condition     = var.n == 24
            error_message = "No."
          }
        }
        resource "aws_iam_account_password_policy" "p" {
          password_reuse_prevention = var.n
        }
      `,
    },
    hcl`
      resource "aws_iam_account_password_policy" "p" {
        password_reuse_prevention = "24"
      }
    `,
    hcl`
      variable "strict" { type = bool }
      resource "aws_iam_account_password_policy" "p" {
        password_reuse_prevention = var.strict ? "24" : 24
      }
    `,
  ],
  undecided: [
    hcl`
      variable "given" {}
      resource "aws_iam_account_password_policy" "p" {
        password_reuse_prevention = var.given
      }
    `,
    hcl`
      variable "strict" { type = bool }
      resource "aws_iam_account_password_policy" "p" {
        password_reuse_prevention = var.strict ? "24" : 5
      }
    `,
  ],
  invalid: [
    {
      name: 'out of bounds',
      code: hcl`
        resource "aws_iam_account_password_policy" "p" {
          password_reuse_prevention = 5 # for now
        }
      `,
      problems: [{ message: 'weak', data: { value: 5 } }],
      output: hcl`
        resource "aws_iam_account_password_policy" "p" {
          password_reuse_prevention = 24 # for now
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

          password_reuse_prevention = 24
        }
      `,
    },
  ],
})
