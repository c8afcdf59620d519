import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './launch-template-metadata-hop-limit.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_launch_template" "t" {
        metadata_options {
          http_put_response_hop_limit = 1
        }
      }
      resource "aws_launch_configuration" "c" {}
    `,
  ],
  undecided: [
    hcl`
      variable "hops" {}
      resource "aws_launch_template" "t" {
        metadata_options {
          http_put_response_hop_limit = var.hops
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_launch_template" "t" {
          metadata_options {
            http_tokens                 = "required"
            http_put_response_hop_limit = "2"
          }
        }
      `,
      problems: [{ message: 'wrong', at: '4:35-4:38', data: { value: '2' } }],
      output: hcl`
        resource "aws_launch_template" "t" {
          metadata_options {
            http_tokens                 = "required"
            http_put_response_hop_limit = 1
          }
        }
      `,
    },
  ],
})
