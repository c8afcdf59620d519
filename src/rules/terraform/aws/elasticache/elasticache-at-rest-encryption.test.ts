import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './elasticache-at-rest-encryption.ts'

testRule(rule, {
  valid: [
    {
      name: 'encrypted, or Valkey, or a member of a global group that is declared',
      code: hcl`
        resource "aws_elasticache_replication_group" "a" {
          at_rest_encryption_enabled = true
        }
        resource "aws_elasticache_replication_group" "b" {
          engine = "valkey"
        }
        resource "aws_elasticache_global_replication_group" "g" {}
        resource "aws_elasticache_replication_group" "c" {
          global_replication_group_id = aws_elasticache_global_replication_group.g.global_replication_group_id
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "encrypted" {}
      resource "aws_elasticache_replication_group" "a" {
        at_rest_encryption_enabled = var.encrypted
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_elasticache_replication_group" "a" {
          engine = "redis"
        }
        resource "aws_elasticache_replication_group" "b" {
          engine                     = "valkey"
          at_rest_encryption_enabled = false
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:49' },
        { message: 'wrong', at: '6:32-6:37' },
      ],
      output: null,
    },
  ],
})
