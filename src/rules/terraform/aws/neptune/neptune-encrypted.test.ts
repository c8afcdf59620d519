import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './neptune-encrypted.ts'

testRule(rule, {
  valid: [
    {
      name: 'a replica goes by the cluster that it copies',
      code: hcl`
        resource "aws_neptune_cluster" "a" {
          storage_encrypted = true
        }
        resource "aws_neptune_cluster" "b" {
          replication_source_identifier = aws_neptune_cluster.a.arn
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "encrypted" {}
      resource "aws_neptune_cluster" "a" {
        storage_encrypted = var.encrypted
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_neptune_cluster" "a" {
          cluster_identifier = "a"
        }
      `,
      problems: [{ message: 'wrong', at: '1:1-1:35' }],
      output: hcl`
        resource "aws_neptune_cluster" "a" {
          cluster_identifier = "a"
          storage_encrypted  = true
        }
      `,
    },
  ],
})
