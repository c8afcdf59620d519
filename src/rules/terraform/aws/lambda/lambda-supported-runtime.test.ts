import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './lambda-supported-runtime.ts'

testRule(rule, {
  valid: [
    {
      name: 'supported, newer than the table, or an image',
      code: hcl`
        resource "aws_lambda_function" "a" {
          runtime = "python3.13"
        }
        resource "aws_lambda_function" "b" {
          runtime = "nodejs26.x"
        }
        resource "aws_lambda_function" "c" {
          package_type = "Image"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "runtime" {}
      resource "aws_lambda_function" "a" {
        runtime = var.runtime
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_lambda_function" "a" {
          runtime = "python3.7"
        }
      `,
      problems: [{ message: 'wrong', at: '2:13-2:24', data: { value: 'python3.7' } }],
      output: null,
    },
  ],
})
