import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-global-cluster-encrypted.ts'

testRule(rule, {
  valid: [
    {
      name: 'encrypted, or made from a cluster that is judged itself',
      code: hcl`
        resource "aws_rds_global_cluster" "a" {
          storage_encrypted = true
        }
        resource "aws_rds_cluster" "c" {}
        resource "aws_rds_global_cluster" "b" {
          source_db_cluster_identifier = aws_rds_cluster.c.arn
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "source" {
        type     = string
        nullable = false
      }
      resource "aws_rds_global_cluster" "a" {
        source_db_cluster_identifier = var.source
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_rds_global_cluster" "a" {
          storage_encrypted = false
        }
        resource "aws_rds_global_cluster" "b" {
          engine = "aurora-postgresql"
        }
      `,
      problems: [
        { message: 'wrong', at: '2:23-2:28' },
        { message: 'wrong', at: '4:1-4:38' },
      ],
      output: null,
    },
  ],
})
