import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-deletion-protection.ts'

testRule(rule, {
  valid: [
    {
      name: 'protected, or in a cluster that is judged itself',
      code: hcl`
        resource "aws_db_instance" "d" {
          deletion_protection = true
        }
        resource "aws_db_instance" "a" {
          engine = "aurora-postgresql"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "protect" {}
      resource "aws_rds_cluster" "c" {
        deletion_protection = var.protect
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "d" {
          deletion_protection = false # for the tests
        }
        resource "aws_rds_cluster" "c" {
          engine = "aurora-mysql"
        }
      `,
      problems: [
        { message: 'wrong', at: '2:25-2:30' },
        { message: 'wrong', at: '4:1-4:31' },
      ],
      output: null,
    },
    {
      name: 'followed to the default of a variable',
      code: hcl`
        variable "protect" {
          default = false
        }
        resource "aws_db_instance" "d" {
          deletion_protection = var.protect
        }
      `,
      problems: [{ message: 'wrong', at: '2:13-2:18' }],
      output: null,
    },
  ],
})
