import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './dynamodb-point-in-time-recovery.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_dynamodb_table" "t" {
        point_in_time_recovery {
          enabled = true
        }
      }
    `,
  ],
  undecided: [
    {
      name: 'a block that may not be there',
      code: hcl`
        variable "recover" {}
        resource "aws_dynamodb_table" "t" {
          dynamic "point_in_time_recovery" {
            for_each = var.recover
            content {
              enabled = true
            }
          }
        }
      `,
    },
    {
      name: 'a value that is not known',
      code: hcl`
        variable "recover" {}
        resource "aws_dynamodb_table" "t" {
          point_in_time_recovery {
            enabled = var.recover
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_dynamodb_table" "a" {
          name     = "carts"
          hash_key = "id"
        }
        resource "aws_dynamodb_table" "b" {
          point_in_time_recovery {
            enabled = false
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:34' },
        { message: 'wrong', at: '7:15-7:20' },
      ],
      output: hcl`
        resource "aws_dynamodb_table" "a" {
          name     = "carts"
          hash_key = "id"

          point_in_time_recovery {
            enabled = true
          }
        }
        resource "aws_dynamodb_table" "b" {
          point_in_time_recovery {
            enabled = true
          }
        }
      `,
    },
  ],
})
