import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './apigateway-method-authorization.ts'

testRule(rule, {
  valid: [
    {
      name: 'authorization, preflight requests, and keys',
      code: hcl`
        resource "aws_api_gateway_method" "iam" {
          http_method   = "GET"
          authorization = "AWS_IAM"
        }
        resource "aws_api_gateway_method" "cors" {
          http_method   = "OPTIONS"
          authorization = "NONE"
        }
        resource "aws_api_gateway_method" "keyed" {
          http_method      = "GET"
          authorization    = "NONE"
          api_key_required = true
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "authorization" {}
      resource "aws_api_gateway_method" "m" {
        http_method   = "GET"
        authorization = var.authorization
      }
    `,
    {
      name: 'the API has a policy of its own',
      code: hcl`
        resource "aws_api_gateway_rest_api" "a" {
          policy = jsonencode({ Statement = [] })
        }
        resource "aws_api_gateway_method" "m" {
          rest_api_id   = aws_api_gateway_rest_api.a.id
          http_method   = "GET"
          authorization = "NONE"
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_api_gateway_rest_api" "a" {}
        resource "aws_api_gateway_method" "m" {
          rest_api_id   = aws_api_gateway_rest_api.a.id
          http_method   = "POST"
          authorization = "NONE"
        }
      `,
      problems: [{ message: 'open', at: '5:19-5:25' }],
      output: null,
    },
  ],
})
