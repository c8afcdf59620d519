import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-log-exports.ts'

testRule(rule, {
  valid: [
    {
      name: 'some log; an Aurora instance has those of its cluster',
      code: hcl`
        resource "aws_db_instance" "d" {
          enabled_cloudwatch_logs_exports = ["postgresql"]
        }
        resource "aws_db_instance" "a" {
          engine = "aurora-mysql"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "logs" {}
      resource "aws_rds_cluster" "c" {
        enabled_cloudwatch_logs_exports = var.logs
      }
    `,
  ],
  invalid: [
    {
      name: 'by engine',
      code: hcl`
        resource "aws_db_instance" "p" {
          engine = "postgres"
        }
        resource "aws_rds_cluster" "c" {
          engine = "aurora-mysql"
        }
        resource "aws_db_instance" "s" {
          engine = "sqlserver-ex"
        }
      `,
      problems: [
        { message: 'none', at: '1:1-1:31' },
        { message: 'none', at: '4:1-4:31' },
        { message: 'none', at: '7:1-7:31' },
      ],
      output: null,
    },
    {
      name: 'an empty list, and an engine that is not known',
      code: hcl`
        variable "engine" {}
        resource "aws_db_instance" "d" {
          engine                          = "mysql"
          enabled_cloudwatch_logs_exports = []
        }
        resource "aws_db_instance" "e" {
          engine = var.engine
        }
      `,
      problems: [
        { message: 'none', at: '4:37-4:39' },
        { message: 'none', at: '6:1-6:31' },
      ],
      output: null,
    },
  ],
})
