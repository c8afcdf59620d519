import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudfront-hsts.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_cloudfront_response_headers_policy" "p" {
        security_headers_config {
          strict_transport_security {
            access_control_max_age_sec = "63072000"
            override                   = true
          }
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "age" {}
      resource "aws_cloudfront_response_headers_policy" "p" {
        security_headers_config {
          strict_transport_security {
            access_control_max_age_sec = var.age
          }
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'too short, in no security headers, and without any',
      code: hcl`
        resource "aws_cloudfront_response_headers_policy" "short" {
          security_headers_config {
            strict_transport_security {
              access_control_max_age_sec = 300
              override                   = true
            }
          }
        }
        resource "aws_cloudfront_response_headers_policy" "others" {
          security_headers_config {
            content_type_options {
              override = true
            }
          }
        }
        resource "aws_cloudfront_response_headers_policy" "none" {
          name = "none"
        }
      `,
      problems: [
        { message: 'wrong', at: '4:36-4:39' },
        { message: 'wrong', at: '9:1-9:59' },
        { message: 'wrong', at: '16:1-16:57' },
      ],
      output: null,
    },
  ],
})
