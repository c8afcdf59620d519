import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-performance-insights-key.ts'

testRule(rule, {
  valid: [
    {
      name: 'off, or with a key',
      code: hcl`
        resource "aws_db_instance" "a" {}
        resource "aws_kms_key" "k" {}
        resource "aws_rds_cluster_instance" "b" {
          performance_insights_enabled    = true
          performance_insights_kms_key_id = aws_kms_key.k.arn
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "insights" {}
      resource "aws_db_instance" "a" {
        performance_insights_enabled = var.insights
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "a" {
          performance_insights_enabled = true
        }
        resource "aws_db_instance" "b" {
          performance_insights_enabled    = true
          performance_insights_kms_key_id = "alias/aws/rds"
        }
      `,
      problems: [
        { message: 'missing', at: '1:1-1:31' },
        { message: 'missing', at: '6:37-6:52' },
      ],
      output: null,
    },
  ],
})
