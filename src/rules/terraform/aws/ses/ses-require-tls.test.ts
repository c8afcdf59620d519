import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ses-require-tls.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_ses_configuration_set" "a" {
        delivery_options {
          tls_policy = "Require"
        }
      }
      resource "aws_sesv2_configuration_set" "b" {
        delivery_options {
          tls_policy = "REQUIRE"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_ses_configuration_set" "a" {
        delivery_options {
          tls_policy = var.policy
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ses_configuration_set" "a" {
          delivery_options {
            tls_policy = "Optional"
          }
        }
        resource "aws_ses_configuration_set" "b" {
          name = "b"
        }
        resource "aws_sesv2_configuration_set" "c" {
          configuration_set_name = "c"
        }
      `,
      problems: [
        { message: 'wrong', at: '3:18-3:28' },
        { message: 'wrong', at: '6:1-6:41' },
        { message: 'wrong', at: '9:1-9:43' },
      ],
      output: hcl`
        resource "aws_ses_configuration_set" "a" {
          delivery_options {
            tls_policy = "Require"
          }
        }
        resource "aws_ses_configuration_set" "b" {
          name = "b"

          delivery_options {
            tls_policy = "Require"
          }
        }
        resource "aws_sesv2_configuration_set" "c" {
          configuration_set_name = "c"

          delivery_options {
            tls_policy = "REQUIRE"
          }
        }
      `,
    },
  ],
})
