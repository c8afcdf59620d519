import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './secretsmanager-rotation-period.ts'

testRule(rule, {
  valid: [
    {
      name: 'days or schedules',
      code: hcl`
        resource "aws_secretsmanager_secret_rotation" "a" {
          rotation_rules {
            automatically_after_days = 30
          }
        }
        resource "aws_secretsmanager_secret_rotation" "b" {
          rotation_rules {
            schedule_expression = "rate(10 days)"
          }
        }
        resource "aws_secretsmanager_secret_rotation" "c" {
          rotation_rules {
            schedule_expression = "cron(0 16 1 * ? *)"
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "days" {}
      resource "aws_secretsmanager_secret_rotation" "a" {
        rotation_rules {
          automatically_after_days = var.days
        }
      }
    `,
    {
      name: 'certain months',
      code: hcl`
        resource "aws_secretsmanager_secret_rotation" "a" {
          rotation_rules {
            schedule_expression = "cron(0 16 1 1/2 ? *)"
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_secretsmanager_secret_rotation" "a" {
          rotation_rules {
            automatically_after_days = 365
          }
        }
      `,
      problems: [{ message: 'slow', at: '3:32-3:35' }],
      output: hcl`
        resource "aws_secretsmanager_secret_rotation" "a" {
          rotation_rules {
            automatically_after_days = 90
          }
        }
      `,
    },
    {
      name: 'a schedule is not edited',
      code: hcl`
        resource "aws_secretsmanager_secret_rotation" "a" {
          rotation_rules {
            schedule_expression = "rate(200 days)"
          }
        }
      `,
      problems: [{ message: 'slow', at: '3:27-3:43' }],
      output: null,
    },
  ],
})
