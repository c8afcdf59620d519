import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './lambda-tracing.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_lambda_function" "a" {
        tracing_config {
          mode = "PassThrough"
        }
      }
    `,
  ],
  undecided: [
    {
      name: 'a block that may not be there',
      code: hcl`
        variable "trace" {}
        resource "aws_lambda_function" "a" {
          dynamic "tracing_config" {
            for_each = var.trace
            content {
              mode = "Active"
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_lambda_function" "a" {
          function_name = "a"
        }
      `,
      problems: [{ message: 'wrong', at: '1:1-1:35' }],
      output: hcl`
        resource "aws_lambda_function" "a" {
          function_name = "a"

          tracing_config {
            mode = "Active"
          }
        }
      `,
    },
  ],
})
