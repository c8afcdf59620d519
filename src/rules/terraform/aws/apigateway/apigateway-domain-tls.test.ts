import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './apigateway-domain-tls.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_api_gateway_domain_name" "a" {
        security_policy = "TLS_1_2"
      }
      resource "aws_api_gateway_domain_name" "b" {
        security_policy = "SecurityPolicy_TLS13_1_3_2025_09"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_api_gateway_domain_name" "a" {
        security_policy = var.policy
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_api_gateway_domain_name" "a" {
          domain_name     = "api.example.com"
          security_policy = "TLS_1_0"
        }
        resource "aws_api_gateway_domain_name" "b" {
          domain_name = "api.example.org"
        }
      `,
      problems: [
        { message: 'wrong', at: '3:21-3:30' },
        { message: 'wrong', at: '5:1-5:43' },
      ],
      output: null,
    },
  ],
})
