import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './lambda-environment-key.ts'

testRule(rule, {
  valid: [
    {
      name: 'no environment, or a key',
      code: hcl`
        resource "aws_lambda_function" "a" {}
        resource "aws_lambda_function" "b" {
          environment {
            variables = {}
          }
        }
        resource "aws_kms_key" "k" {}
        resource "aws_lambda_function" "c" {
          kms_key_arn = aws_kms_key.k.arn
          environment {
            variables = { A = "b" }
          }
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'whether there are variables is not known',
      code: hcl`
        variable "variables" {}
        resource "aws_lambda_function" "a" {
          environment {
            variables = var.variables
          }
        }
      `,
    },
    {
      name: 'a key that is not known',
      code: hcl`
        variable "key" {}
        resource "aws_lambda_function" "a" {
          kms_key_arn = var.key
          environment {
            variables = { A = "b" }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_lambda_function" "a" {
          environment {
            variables = { A = "b" }
          }
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:35' }],
      output: null,
    },
  ],
})
