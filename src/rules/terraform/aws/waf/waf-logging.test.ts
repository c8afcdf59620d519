import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './waf-logging.ts'

testRule(rule, {
  valid: [
    {
      name: 'behind the same for_each',
      code: hcl`
        resource "aws_wafv2_web_acl" "a" {
          for_each = toset(["shop", "admin"])
        }
        resource "aws_wafv2_web_acl_logging_configuration" "l" {
          for_each     = aws_wafv2_web_acl.a
          resource_arn = each.value.arn
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "arn" {}
      resource "aws_wafv2_web_acl" "a" {}
      resource "aws_wafv2_web_acl_logging_configuration" "l" {
        resource_arn = var.arn
      }
    `,
    {
      name: 'what a module that gets it hands back',
      code: hcl`
        resource "aws_wafv2_web_acl" "a" {}
        module "m" {
          source = "acme/m/aws"
          acl    = aws_wafv2_web_acl.a.arn
        }
        resource "aws_wafv2_web_acl_logging_configuration" "l" {
          resource_arn = module.m.acl_arn
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'the logging is for one that another module made',
      code: hcl`
        resource "aws_wafv2_web_acl" "a" {}
        module "m" {
          source = "acme/m/aws"
        }
        resource "aws_wafv2_web_acl_logging_configuration" "l" {
          resource_arn = module.m.acl_arn
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:33' }],
      output: null,
    },
    {
      name: 'the logging is for another one',
      code: hcl`
        resource "aws_wafv2_web_acl" "a" {}
        resource "aws_wafv2_web_acl" "b" {}
        resource "aws_wafv2_web_acl_logging_configuration" "l" {
          resource_arn = aws_wafv2_web_acl.b.arn
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:33' }],
      output: null,
    },
  ],
})
