import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudtrail-enabled.ts'

testRule(rule, {
  valid: [
    {
      name: 'on is the default',
      code: hcl`
        resource "aws_cloudtrail" "t" {}
      `,
    },
    hcl`
      resource "aws_cloudtrail" "t" {
        enable_logging = true
      }
    `,
  ],
  undecided: [
    hcl`
      variable "on" {}
      resource "aws_cloudtrail" "t" {
        enable_logging = var.on
      }
    `,
  ],
  invalid: [
    {
      name: 'keeps the comment and the alignment',
      code: hcl`
        resource "aws_cloudtrail" "t" {
          name           = "main"
          enable_logging = false # during the migration
        }
      `,
      problems: [{ message: 'off', at: '3:20-3:25' }],
      output: hcl`
        resource "aws_cloudtrail" "t" {
          name           = "main"
          enable_logging = true # during the migration
        }
      `,
    },
  ],
})
