import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ec2-instance-imdsv2.ts'

testRule(rule, {
  valid: [
    {
      name: 'required, or switched off',
      code: hcl`
        resource "aws_instance" "a" {
          metadata_options {
            http_tokens = "required"
          }
        }
        resource "aws_instance" "b" {
          metadata_options {
            http_endpoint = "disabled"
          }
        }
      `,
    },
    {
      name: 'its launch template requires them',
      code: hcl`
        resource "aws_launch_template" "t" {
          metadata_options {
            http_tokens = "required"
          }
        }
        resource "aws_instance" "a" {
          launch_template {
            id = aws_launch_template.t.id
          }
        }
      `,
    },
    {
      name: 'the account requires them',
      code: hcl`
        resource "aws_ec2_instance_metadata_defaults" "d" {
          http_tokens = "required"
        }
        resource "aws_instance" "a" {}
      `,
    },
  ],
  undecided: [
    hcl`
      variable "tokens" {}
      resource "aws_instance" "a" {
        metadata_options {
          http_tokens = var.tokens
        }
      }
    `,
    {
      name: 'a launch template from elsewhere',
      code: hcl`
        resource "aws_instance" "a" {
          launch_template {
            name = "golden"
          }
        }
      `,
    },
    {
      name: 'options that may not be there',
      code: hcl`
        variable "options" {}
        resource "aws_instance" "a" {
          dynamic "metadata_options" {
            for_each = var.options
            content {
              http_tokens = "required"
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_instance" "a" {
          metadata_options {
            http_endpoint = "enabled"
            http_tokens   = "optional"
          }
        }
        resource "aws_instance" "b" {
          metadata_options {
            http_endpoint = "enabled"
          }
        }
        resource "aws_instance" "c" {
          ami = "ami-1"

          root_block_device {
            encrypted = true
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '4:21-4:31' },
        { message: 'wrong', at: '7:1-7:28' },
        { message: 'wrong', at: '12:1-12:28' },
      ],
      output: hcl`
        resource "aws_instance" "a" {
          metadata_options {
            http_endpoint = "enabled"
            http_tokens   = "required"
          }
        }
        resource "aws_instance" "b" {
          metadata_options {
            http_endpoint = "enabled"
            http_tokens   = "required"
          }
        }
        resource "aws_instance" "c" {
          ami = "ami-1"

          root_block_device {
            encrypted = true
          }

          metadata_options {
            http_endpoint = "enabled"
            http_tokens   = "required"
          }
        }
      `,
    },
  ],
})
