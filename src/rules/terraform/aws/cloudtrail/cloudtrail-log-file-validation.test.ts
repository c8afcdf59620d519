import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudtrail-log-file-validation.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_cloudtrail" "t" {
        enable_log_file_validation = "true"
      }
    `,
    {
      name: 'the validation of a variable refuses to go without',
      code: hcl`
        variable "digests" {
          type     = bool
          nullable = false
          validation {
            condition     = var.digests == true
            error_message = "Logs are signed."
          }
        }
        resource "aws_cloudtrail" "t" {
          enable_log_file_validation = var.digests
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "digests" {}
      resource "aws_cloudtrail" "t" {
        enable_log_file_validation = var.digests
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudtrail" "a" {
          enable_log_file_validation = false
        }
        resource "aws_cloudtrail" "b" {
          name = "b"
        }
      `,
      problems: [
        { message: 'off', at: '2:32-2:37' },
        { message: 'off', at: '4:1-4:30' },
      ],
      output: hcl`
        resource "aws_cloudtrail" "a" {
          enable_log_file_validation = true
        }
        resource "aws_cloudtrail" "b" {
          name = "b"

          enable_log_file_validation = true
        }
      `,
    },
  ],
})
