import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudfront-origin-tls-protocols.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_cloudfront_distribution" "d" {
        origin {
          custom_origin_config {
            origin_ssl_protocols = ["TLSv1.2"]
          }
        }
      }
    `,
    {
      name: 'a website endpoint of S3, which speaks no TLS',
      code: hcl`
        resource "aws_cloudfront_distribution" "d" {
          origin {
            custom_origin_config {
              origin_protocol_policy = "http-only"
              origin_ssl_protocols   = ["TLSv1", "TLSv1.1", "TLSv1.2"]
            }
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "protocols" {}
      resource "aws_cloudfront_distribution" "d" {
        origin {
          custom_origin_config {
            origin_ssl_protocols = var.protocols
          }
        }
      }
    `,
    {
      name: 'a validation about something else proves nothing',
      code: hcl`
        variable "protocols" {
          type = list(string)
          validation {
            condition     = length(var.protocols) > 0
            error_message = "One at least."
          }
        }
        resource "aws_cloudfront_distribution" "d" {
          origin {
            custom_origin_config {
              origin_ssl_protocols = var.protocols
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudfront_distribution" "d" {
          origin {
            custom_origin_config {
              origin_ssl_protocols   = ["SSLv3", "TLSv1", "TLSv1.2"] # as the wizard had it
              origin_protocol_policy = "https-only"
            }
          }
        }
      `,
      problems: [{ message: 'wrong', at: '4:32-4:61' }],
      output: null,
    },
  ],
})
