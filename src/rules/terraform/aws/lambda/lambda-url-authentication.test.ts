import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './lambda-url-authentication.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_lambda_function_url" "a" {
        authorization_type = "AWS_IAM"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "type" {}
      resource "aws_lambda_function_url" "a" {
        authorization_type = var.type
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_lambda_function_url" "a" {
          authorization_type = "NONE"
        }
      `,
      problems: [{ message: 'wrong', at: '2:24-2:30', data: { value: 'NONE' } }],
      output: hcl`
        resource "aws_lambda_function_url" "a" {
          authorization_type = "AWS_IAM"
        }
      `,
    },
  ],
})
