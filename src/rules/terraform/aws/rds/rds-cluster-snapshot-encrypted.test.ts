import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-cluster-snapshot-encrypted.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_rds_cluster" "c" {
        storage_encrypted = true
      }
      resource "aws_db_cluster_snapshot" "s" {
        db_cluster_identifier = aws_rds_cluster.c.id
      }
    `,
  ],
  undecided: [
    {
      name: 'a cluster from elsewhere',
      code: hcl`
        resource "aws_db_cluster_snapshot" "s" {
          db_cluster_identifier = "payments"
        }
      `,
    },
    {
      name: 'a cluster that was restored',
      code: hcl`
        resource "aws_rds_cluster" "c" {
          snapshot_identifier = "before"
        }
        resource "aws_db_cluster_snapshot" "s" {
          db_cluster_identifier = aws_rds_cluster.c.id
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_rds_cluster" "c" {
          engine = "aurora-mysql"
        }
        resource "aws_db_cluster_snapshot" "s" {
          db_cluster_identifier = aws_rds_cluster.c.id
        }
        resource "aws_db_cluster_snapshot" "t" {
          db_cluster_identifier = "x"
          storage_encrypted     = false
        }
      `,
      problems: [
        { message: 'plain', at: '5:27-5:47' },
        { message: 'plain', at: '9:27-9:32' },
      ],
      output: null,
    },
  ],
})
