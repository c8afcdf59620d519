import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './lambda-no-public-permission.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_lambda_permission" "a" {
        principal = "s3.amazonaws.com"
      }
      resource "aws_lambda_permission" "b" {
        principal        = "*"
        principal_org_id = "o-1"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "principal" {}
      resource "aws_lambda_permission" "a" {
        principal = var.principal
      }
    `,
    hcl`
      variable "org" {}
      resource "aws_lambda_permission" "a" {
        principal        = "*"
        principal_org_id = var.org
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_lambda_permission" "a" {
          principal              = "*"
          function_url_auth_type = "NONE"
        }
      `,
      problems: [{ message: 'public', at: '2:28-2:31' }],
      output: null,
    },
  ],
})
