import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudfront-waf.ts'

testRule(rule, {
  valid: [
    {
      name: 'an ACL that is known only after apply is one',
      code: hcl`
        resource "aws_wafv2_web_acl" "w" {}
        resource "aws_cloudfront_distribution" "d" {
          web_acl_id = aws_wafv2_web_acl.w.arn
        }
      `,
    },
    {
      name: 'the validation of a variable refuses to go without',
      code: hcl`
        variable "acl" {
          type     = string
          nullable = false
          validation {
            condition     = startswith(var.acl, "arn:aws:wafv2:")
            error_message = "A WAFv2 ARN."
          }
        }
        resource "aws_cloudfront_distribution" "d" {
          web_acl_id = var.acl
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "acl" {}
      resource "aws_cloudfront_distribution" "d" {
        web_acl_id = var.acl
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudfront_distribution" "a" {
          enabled = true
        }
        resource "aws_cloudfront_distribution" "b" {
          web_acl_id = ""
        }
      `,
      problems: [
        { message: 'missing', at: '1:1-1:43' },
        { message: 'missing', at: '5:16-5:18' },
      ],
      output: null,
    },
  ],
})
