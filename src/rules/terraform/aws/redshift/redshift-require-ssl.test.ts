import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './redshift-require-ssl.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_redshift_parameter_group" "a" {
        family = "redshift-1.0"
        parameter {
          name  = "require_ssl"
          value = true
        }
      }
      resource "aws_redshift_parameter_group" "b" {
        family = "redshift-2.0"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "parameters" {}
      resource "aws_redshift_parameter_group" "a" {
        dynamic "parameter" {
          for_each = var.parameters
          content {
            name  = parameter.key
            value = parameter.value
          }
        }
      }
    `,
    {
      name: 'a value that is not known',
      code: hcl`
        variable "tls" {}
        resource "aws_redshift_parameter_group" "a" {
          parameter {
            name  = "require_ssl"
            value = var.tls
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_redshift_parameter_group" "a" {
          name   = "a"
          family = "redshift-1.0"
        }
        resource "aws_redshift_parameter_group" "b" {
          family = "redshift-1.0"
          parameter {
            name  = "require_ssl"
            value = "false"
          }
        }
      `,
      problems: [
        { message: 'plain', at: '1:1-1:44' },
        { message: 'plain', at: '9:13-9:20' },
      ],
      output: hcl`
        resource "aws_redshift_parameter_group" "a" {
          name   = "a"
          family = "redshift-1.0"

          parameter {
            name  = "require_ssl"
            value = "true"
          }
        }
        resource "aws_redshift_parameter_group" "b" {
          family = "redshift-1.0"
          parameter {
            name  = "require_ssl"
            value = "true"
          }
        }
      `,
    },
  ],
})
