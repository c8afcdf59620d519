import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudfront-origin-https.ts'

testRule(rule, {
  valid: [
    {
      name: 'HTTPS, and a bucket',
      code: hcl`
        resource "aws_cloudfront_distribution" "d" {
          origin {
            origin_id = "bucket"
            s3_origin_config {
              origin_access_identity = "a"
            }
          }
          origin {
            custom_origin_config {
              origin_protocol_policy = "https-only"
            }
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_cloudfront_distribution" "d" {
        origin {
          custom_origin_config {
            origin_protocol_policy = var.policy
          }
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_cloudfront_distribution" "d" {
          origin {
            custom_origin_config {
              origin_protocol_policy = "match-viewer"
            }
          }
        }
      `,
      problems: [{ message: 'wrong', at: '4:32-4:46' }],
      output: null,
    },
    {
      name: 'an origin that serves HTTP only is not cut off',
      code: hcl`
        resource "aws_cloudfront_distribution" "d" {
          origin {
            custom_origin_config {
              origin_protocol_policy = "http-only"
            }
          }
        }
      `,
      problems: [{ message: 'wrong', at: '4:32-4:43' }],
      output: null,
    },
  ],
})
