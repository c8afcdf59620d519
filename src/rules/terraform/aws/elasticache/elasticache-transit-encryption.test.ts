import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './elasticache-transit-encryption.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_elasticache_replication_group" "a" {
        transit_encryption_enabled = true
      }
    `,
  ],
  undecided: [
    hcl`
      variable "tls" {}
      resource "aws_elasticache_replication_group" "a" {
        transit_encryption_enabled = var.tls
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_elasticache_replication_group" "a" {
          transit_encryption_enabled = false
        }
      `,
      problems: [{ message: 'wrong', at: '2:32-2:37' }],
      output: null,
    },
  ],
})
