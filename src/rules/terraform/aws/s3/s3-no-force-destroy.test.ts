import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-no-force-destroy.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_s3_bucket" "a" {}
    `,
    hcl`
      resource "aws_s3_bucket" "a" {
        force_destroy = false
      }
    `,
  ],
  undecided: [
    hcl`
      variable "temporary" { type = bool }
      resource "aws_s3_bucket" "a" {
        force_destroy = var.temporary
      }
    `,
  ],
  invalid: [
    {
      name: 'behind a local',
      code: hcl`
        locals { temporary = true }
        resource "aws_s3_bucket" "a" {
          force_destroy = local.temporary
        }
      `,
      problems: [{ message: 'on', at: '1:22-1:26' }],
      output: null,
    },
  ],
})
