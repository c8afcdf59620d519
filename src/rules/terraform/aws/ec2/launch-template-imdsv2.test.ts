import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './launch-template-imdsv2.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_launch_template" "t" {
        metadata_options {
          http_tokens = "required"
        }
      }
      resource "aws_launch_configuration" "c" {
        metadata_options {
          http_endpoint = "disabled"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "tokens" {}
      resource "aws_launch_template" "t" {
        metadata_options {
          http_tokens = var.tokens
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_launch_template" "t" {
          image_id = "ami-1"
        }
        resource "aws_launch_configuration" "c" {
          metadata_options {
            http_tokens = "optional"
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:35' },
        { message: 'wrong', at: '6:19-6:29' },
      ],
      output: hcl`
        resource "aws_launch_template" "t" {
          image_id = "ami-1"

          metadata_options {
            http_endpoint = "enabled"
            http_tokens   = "required"
          }
        }
        resource "aws_launch_configuration" "c" {
          metadata_options {
            http_tokens = "required"
          }
        }
      `,
    },
  ],
})
