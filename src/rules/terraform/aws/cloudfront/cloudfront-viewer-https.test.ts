import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudfront-viewer-https.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_cloudfront_distribution" "d" {
        default_cache_behavior {
          viewer_protocol_policy = "redirect-to-https"
        }
        ordered_cache_behavior {
          viewer_protocol_policy = "https-only"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_cloudfront_distribution" "d" {
        default_cache_behavior {
          viewer_protocol_policy = var.policy
        }
      }
    `,
    {
      name: 'behaviours from an unknown collection',
      code: hcl`
        variable "paths" {}
        resource "aws_cloudfront_distribution" "d" {
          dynamic "ordered_cache_behavior" {
            for_each = var.paths
            content {
              viewer_protocol_policy = "allow-all"
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'every behaviour by itself',
      code: hcl`
        resource "aws_cloudfront_distribution" "d" {
          default_cache_behavior {
            viewer_protocol_policy = "allow-all" # for the old app
          }
          ordered_cache_behavior {
            viewer_protocol_policy = "https-only"
          }
          ordered_cache_behavior {
            viewer_protocol_policy = "allow-all"
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '3:30-3:41' },
        { message: 'wrong', at: '9:30-9:41' },
      ],
      output: null,
    },
  ],
})
