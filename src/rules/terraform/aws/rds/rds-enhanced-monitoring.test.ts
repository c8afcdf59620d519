import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-enhanced-monitoring.ts'

testRule(rule, {
  valid: [
    hcl`
      variable "prod" { type = bool }
      resource "aws_db_instance" "d" {
        monitoring_interval = var.prod ? 1 : "60"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "interval" {}
      resource "aws_rds_cluster_instance" "c" {
        monitoring_interval = var.interval
      }
    `,
  ],
  invalid: [
    {
      name: 'with the role that it needs',
      code: hcl`
        resource "aws_iam_role" "monitoring" {}
        resource "aws_db_instance" "d" {
          monitoring_role_arn = aws_iam_role.monitoring.arn
        }
      `,
      problems: [{ message: 'off', at: '2:1-2:31' }],
      output: null,
    },
    {
      name: 'without it',
      code: hcl`
        resource "aws_rds_cluster_instance" "c" {
          monitoring_interval = 0
        }
      `,
      problems: [{ message: 'off', at: '2:25-2:26' }],
      output: null,
    },
  ],
})
