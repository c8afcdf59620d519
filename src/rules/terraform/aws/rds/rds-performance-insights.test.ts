import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-performance-insights.ts'

testRule(rule, {
  valid: [
    {
      name: 'on, or not to be had',
      code: hcl`
        resource "aws_rds_cluster_instance" "c" {
          performance_insights_enabled = true
        }
        resource "aws_db_instance" "d" {
          engine         = "mysql"
          instance_class = "db.t3.micro"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "insights" {}
      resource "aws_db_instance" "d" {
        performance_insights_enabled = var.insights
      }
    `,
  ],
  invalid: [
    {
      name: 'with the key of the storage',
      code: hcl`
        resource "aws_kms_key" "k" {}
        resource "aws_db_instance" "d" {
          storage_encrypted = true
          kms_key_id        = aws_kms_key.k.arn
        }
      `,
      problems: [{ message: 'off', at: '2:1-2:31' }],
      output: null,
    },
    {
      name: 'not without a key',
      code: hcl`
        resource "aws_db_instance" "d" {
          instance_class = "db.t3.micro"
          engine         = "postgres"
        }
      `,
      problems: [{ message: 'off', at: '1:1-1:31' }],
      output: null,
    },
  ],
})
