import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './dms-replication-instance-not-public.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_dms_replication_instance" "a" {
        publicly_accessible = false
      }
      resource "aws_dms_replication_instance" "b" {}
    `,
  ],
  undecided: [
    hcl`
      variable "public" {}
      resource "aws_dms_replication_instance" "a" {
        publicly_accessible = var.public
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_dms_replication_instance" "a" {
          publicly_accessible = true
        }
      `,
      problems: [{ message: 'wrong', at: '2:25-2:29' }],
      output: hcl`
        resource "aws_dms_replication_instance" "a" {
          publicly_accessible = false
        }
      `,
    },
  ],
})
