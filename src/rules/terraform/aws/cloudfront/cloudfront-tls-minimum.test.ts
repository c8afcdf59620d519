import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudfront-tls-minimum.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_cloudfront_distribution" "d" {
        viewer_certificate {
          acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/1"
          ssl_support_method       = "sni-only"
          minimum_protocol_version = "TLSv1.2_2021"
        }
      }
      resource "aws_cloudfront_distribution" "newer" {
        viewer_certificate {
          minimum_protocol_version = "TLSv1.3_2025"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "version" {}
      resource "aws_cloudfront_distribution" "d" {
        viewer_certificate {
          minimum_protocol_version = var.version
        }
      }
    `,
    {
      name: 'one certificate or the other',
      code: hcl`
        variable "name" {}
        resource "aws_cloudfront_distribution" "d" {
          viewer_certificate {
            cloudfront_default_certificate = var.name == ""
            minimum_protocol_version       = "TLSv1.2_2021"
          }
        }
      `,
    },
    {
      name: 'a certificate that may not be there',
      code: hcl`
        variable "arns" {}
        resource "aws_cloudfront_distribution" "d" {
          dynamic "viewer_certificate" {
            for_each = var.arns
            content {
              minimum_protocol_version = "TLSv1.2_2021"
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudfront_distribution" "a" {
          viewer_certificate {
            acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/1"
            minimum_protocol_version = "TLSv1.1_2016"
          }
        }
        resource "aws_cloudfront_distribution" "b" {
          viewer_certificate {
            acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
          }
        }
      `,
      problems: [
        { message: 'old', at: '4:32-4:46', data: { version: 'TLSv1.1_2016' } },
        { message: 'old', at: '7:1-7:43', data: { version: 'TLSv1, the default' } },
      ],
      output: null,
    },
    {
      name: 'the built-in certificate takes a name of your own',
      code: hcl`
        resource "aws_cloudfront_distribution" "a" {
          viewer_certificate {
            cloudfront_default_certificate = true
            minimum_protocol_version       = "TLSv1.2_2021"
          }
        }
      `,
      problems: [{ message: 'builtIn', at: '3:38-3:42' }],
      output: null,
    },
  ],
})
