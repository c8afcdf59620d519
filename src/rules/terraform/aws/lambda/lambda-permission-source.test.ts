import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './lambda-permission-source.ts'

testRule(rule, {
  valid: [
    hcl`
      variable "account" {}
      resource "aws_s3_bucket" "b" {}
      resource "aws_lambda_permission" "a" {
        principal  = "s3.amazonaws.com"
        source_arn = aws_s3_bucket.b.arn
      }
      resource "aws_lambda_permission" "b" {
        principal  = "apigateway.amazonaws.com"
        source_arn = "arn:aws:execute-api:eu-west-1:\${var.account}:api/*/*"
      }
      resource "aws_lambda_permission" "c" {
        principal = "arn:aws:iam::123456789012:role/app"
      }
      resource "aws_lambda_permission" "d" {
        principal      = "events.amazonaws.com"
        source_account = "123456789012"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "arn" {}
      resource "aws_lambda_permission" "a" {
        principal  = "s3.amazonaws.com"
        source_arn = var.arn
      }
    `,
    hcl`
      variable "principal" {}
      resource "aws_lambda_permission" "a" {
        principal = var.principal
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_lambda_permission" "a" {
          principal = "s3.amazonaws.com"
        }
        resource "aws_lambda_permission" "b" {
          principal  = "sns.amazonaws.com"
          source_arn = "*"
        }
      `,
      problems: [
        { message: 'anySource', at: '2:15-2:33', data: { service: 's3.amazonaws.com' } },
        { message: 'anySource', at: '5:16-5:35' },
      ],
      output: null,
    },
  ],
})
