import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-multi-az.ts'

testRule(rule, {
  valid: [
    {
      name: 'two zones, a replica, an Aurora instance',
      code: hcl`
        resource "aws_db_instance" "d" {
          multi_az = true
        }
        resource "aws_db_instance" "r" {
          replicate_source_db = aws_db_instance.d.identifier
        }
        resource "aws_db_instance" "a" {
          engine = "aurora-mysql"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "prod" { type = bool }
      resource "aws_db_instance" "d" {
        multi_az = var.prod
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "d" {
          multi_az = false
        }
      `,
      problems: [{ message: 'wrong', at: '2:14-2:19' }],
      output: null,
    },
  ],
})
