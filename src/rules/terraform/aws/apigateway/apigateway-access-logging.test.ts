import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './apigateway-access-logging.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_apigatewayv2_stage" "s" {
        access_log_settings {
          destination_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:api"
          format          = "$context.requestId"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "groups" {}
      resource "aws_api_gateway_stage" "s" {
        dynamic "access_log_settings" {
          for_each = var.groups
          content {
            destination_arn = access_log_settings.value
          }
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'none, and a dynamic block for nothing',
      code: hcl`
        resource "aws_api_gateway_stage" "a" {
          stage_name = "v1"
        }
        resource "aws_apigatewayv2_stage" "b" {
          dynamic "access_log_settings" {
            for_each = []
            content {
              destination_arn = access_log_settings.value
            }
          }
        }
      `,
      problems: [
        { message: 'missing', at: '1:1-1:37' },
        { message: 'missing', at: '4:1-4:38' },
      ],
      output: null,
    },
  ],
})
