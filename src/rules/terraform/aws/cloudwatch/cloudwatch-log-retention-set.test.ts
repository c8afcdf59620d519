import { expect, test } from 'vitest'
import { auditProject, hcl, planProject, testRule } from '../../../../testing/index.ts'
import retention from './cloudwatch-log-retention.ts'
import rule from './cloudwatch-log-retention-set.ts'

testRule(rule, {
  valid: [
    {
      name: 'stated, however short',
      code: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = 1
        }
      `,
    },
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
      name: 'not known, but never null',
      code: hcl`
        variable "days" {
          type     = number
          nullable = false
        }
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = var.days
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "prod" {}
      resource "aws_cloudwatch_log_group" "g" {
        retention_in_days = var.prod ? 365 : null
      }
    `,
  ],
  invalid: [
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
    {
      name: 'null is nothing',
      code: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = null
        }
      `,
      params: { days: 91 },
      problems: [{ message: 'unstated' }],
      output: hcl`
        resource "aws_cloudwatch_log_group" "g" {
          retention_in_days = 120
        }
      `,
    },
  ],
})

const UNSTATED = { 'main.tf': 'resource "aws_cloudwatch_log_group" "g" {\n  name = "audit"\n}\n' }

test('a period that is missing is a finding of both rules, and one edit cures both', () => {
  const { applied, after, refused, files } = planProject({ files: UNSTATED, rules: [retention, rule] }, 'C')
  expect(applied.map(({ judged }) => judged.finding.ruleId).sort()).toEqual([retention.id, rule.id])
  expect([refused, after.judged]).toEqual([[], []])
  expect(files.get('main.tf')?.match(/retention_in_days/g)).toHaveLength(1)
})

test('a period that is too short is one of the other rule only', () => {
  const files = { 'main.tf': 'resource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = 30\n}\n' }
  const { findings } = auditProject({ files, rules: [retention, rule] }).result
  expect(findings.map(({ ruleId }) => ruleId)).toEqual([retention.id])
  expect([retention.sameAs, rule.sameAs]).toEqual([['checkov:CKV_AWS_338'], ['checkov:CKV_AWS_66']])
})
