import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudwatch-log-retention.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_cloudwatch_log_group" "g" {
        retention_in_days = 400
      }
    `,
    {
      name: 'for ever, and said so',
      code: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = 0
        }
      `,
    },
    {
      name: 'a class whose retention is fixed',
      code: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          log_group_class = "DELIVERY"
        }
      `,
    },
    {
      name: 'long enough either way',
      code: hcl`
        variable "prod" {}
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = var.prod ? 731 : 365
        }
      `,
    },
    {
      name: 'the validation of a variable asks for a year',
      code: hcl`
        variable "days" {
          type     = number
          nullable = false
          validation {
            condition     = var.days >= 365
            error_message = "A year."
          }
        }
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = var.days
        }
      `,
    },
    {
      name: 'a shorter bound',
      code: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = 90
        }
      `,
      params: { days: 90 },
    },
  ],
  undecided: [
    hcl`
      variable "days" {}
      resource "aws_cloudwatch_log_group" "g" {
        retention_in_days = var.days
      }
    `,
    {
      name: 'long enough one way of two',
      code: hcl`
        variable "prod" {}
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = var.prod ? 365 : 14
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'raised where it is written',
      code: hcl`
        locals {
          days = 30 # enough for now
        }
        resource "aws_cloudwatch_log_group" "a" {
          retention_in_days = local.days
        }
        resource "aws_cloudwatch_log_group" "b" {
          retention_in_days = "7"
        }
      `,
      problems: [
        { message: 'short', at: '2:10-2:12', data: { days: 30, wanted: 365 } },
        { message: 'short', at: '8:23-8:26', data: { days: 7, wanted: 365 } },
      ],
      output: hcl`
        locals {
          days = 365 # enough for now
        }
        resource "aws_cloudwatch_log_group" "a" {
          retention_in_days = local.days
        }
        resource "aws_cloudwatch_log_group" "b" {
          retention_in_days = 365
        }
      `,
    },
    {
      name: 'raised to the next period that AWS offers',
      code: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = 365
        }
      `,
      params: { days: 500 },
      problems: [{ message: 'short', at: '2:23-2:26', data: { days: 365, wanted: 500 } }],
      output: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = 545
        }
      `,
    },
    {
      name: 'a bound that makes no sense counts as none',
      code: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = 180
        }
      `,
      params: { days: 'many' },
      problems: [{ message: 'short', data: { days: 180, wanted: 365 } }],
      output: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = 365
        }
      `,
    },
    {
      name: 'not stated',
      code: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          name = "audit"
        }
      `,
      problems: [{ message: 'unstated', at: '1:1-1:40' }],
      output: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          name = "audit"

          retention_in_days = 365
        }
      `,
    },
  ],
})

test('stating a period deletes what is older, so a person releases it; raising one is automatic', () => {
  const { text } = hcl`
    resource "aws_cloudwatch_log_group" "a" {}
    resource "aws_cloudwatch_log_group" "b" {
      retention_in_days = 7
    }
  `
  const { findings } = auditProject({ files: { 'main.tf': text }, rules: [rule] }).result
  expect(findings.map(({ rank, severity }) => [rank, severity])).toEqual([
    ['E', 'MEDIUM'],
    ['C', 'LOW'],
  ])
})
