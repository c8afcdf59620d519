import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-cluster-audit-logs.ts'

testRule(rule, {
  valid: [
    {
      name: 'sent, or no Aurora MySQL',
      code: hcl`
        resource "aws_rds_cluster" "a" {
          engine                          = "aurora-mysql"
          enabled_cloudwatch_logs_exports = ["error", "audit"]
        }
        resource "aws_rds_cluster" "b" {
          engine = "aurora-postgresql"
        }
        resource "aws_rds_cluster" "m" {
          engine                          = "mysql"
          enabled_cloudwatch_logs_exports = ["error", "general", "slowquery"]
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "logs" {}
      resource "aws_rds_cluster" "a" {
        engine                          = "aurora-mysql"
        enabled_cloudwatch_logs_exports = var.logs
      }
    `,
    {
      name: 'an engine that is not known',
      code: hcl`
        variable "engine" {}
        resource "aws_rds_cluster" "a" {
          engine = var.engine
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_rds_cluster" "a" {
          engine                          = "aurora-mysql"
          enabled_cloudwatch_logs_exports = ["error"]
        }
        resource "aws_rds_cluster" "b" {
          engine = "aurora"
        }
        resource "aws_rds_cluster" "c" {
          snapshot_identifier = "shop"
        }
      `,
      problems: [
        { message: 'none', at: '3:37-3:46' },
        { message: 'none', at: '5:1-5:31' },
        { message: 'none', at: '8:1-8:31' },
      ],
      output: null,
    },
  ],
})
