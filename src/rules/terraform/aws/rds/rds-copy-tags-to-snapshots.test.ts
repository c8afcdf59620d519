import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-copy-tags-to-snapshots.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_db_instance" "d" {
        copy_tags_to_snapshot = true
      }
      resource "aws_db_instance" "a" {
        engine = "aurora-mysql"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "copy" {}
      resource "aws_db_instance" "d" {
        copy_tags_to_snapshot = var.copy
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "d" {
          copy_tags_to_snapshot = false
        }
      `,
      problems: [{ message: 'wrong', at: '2:27-2:32' }],
      output: null,
    },
  ],
})
