import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './dms-endpoint-ssl.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_dms_endpoint" "a" {
        engine_name = "postgres"
        ssl_mode    = "require"
      }
      resource "aws_dms_endpoint" "bucket" {
        engine_name = "s3"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "mode" {}
      resource "aws_dms_endpoint" "a" {
        engine_name = "mysql"
        ssl_mode    = var.mode
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_dms_endpoint" "a" {
          engine_name = "mysql"
          ssl_mode    = "none"
        }
        resource "aws_dms_endpoint" "b" {
          engine_name = "postgres"
        }
      `,
      problems: [
        { message: 'wrong', at: '3:17-3:23' },
        { message: 'wrong', at: '5:1-5:32' },
      ],
      output: null,
    },
  ],
})
