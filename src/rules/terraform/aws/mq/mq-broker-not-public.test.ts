import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './mq-broker-not-public.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_mq_broker" "a" {
        publicly_accessible = false
      }
      resource "aws_mq_broker" "b" {}
    `,
  ],
  undecided: [
    hcl`
      variable "public" {}
      resource "aws_mq_broker" "a" {
        publicly_accessible = var.public
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_mq_broker" "a" {
          broker_name         = "orders"
          publicly_accessible = true
        }
      `,
      problems: [{ message: 'wrong', at: '3:25-3:29' }],
      output: hcl`
        resource "aws_mq_broker" "a" {
          broker_name         = "orders"
          publicly_accessible = false
        }
      `,
    },
  ],
})
