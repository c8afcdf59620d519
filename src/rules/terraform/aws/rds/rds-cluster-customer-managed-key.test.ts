import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-cluster-customer-managed-key.ts'

testRule(rule, {
  valid: [
    {
      name: 'a key that is declared, one that is looked up, and one by its ARN',
      code: hcl`
        resource "aws_kms_key" "k" {}
        data "aws_kms_alias" "own" {
          name = "alias/payments"
        }
        resource "aws_rds_cluster" "a" {
          kms_key_id = aws_kms_key.k.arn
        }
        resource "aws_rds_cluster" "b" {
          kms_key_id = data.aws_kms_alias.own.target_key_arn
        }
        resource "aws_rds_cluster" "c" {
          kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/1"
        }
      `,
    },
    {
      name: 'a variable that cannot be null',
      code: hcl`
        variable "key" {
          type     = string
          nullable = false
        }
        resource "aws_rds_cluster" "a" {
          kms_key_id = var.key
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a variable that may be null',
      code: hcl`
        variable "key" {}
        resource "aws_rds_cluster" "a" {
          kms_key_id = var.key
        }
      `,
    },
    {
      name: 'restored from a snapshot, whose key it has',
      code: hcl`
        resource "aws_rds_cluster" "a" {
          snapshot_identifier = "before"
        }
      `,
    },
    {
      name: 'one way of two',
      code: hcl`
        variable "own" { type = bool }
        resource "aws_kms_key" "k" {}
        resource "aws_rds_cluster" "a" {
          kms_key_id = var.own ? aws_kms_key.k.arn : null
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'none, and keys that AWS manages',
      code: hcl`
        data "aws_kms_alias" "rds" {
          name = "alias/aws/rds"
        }
        resource "aws_rds_cluster" "a" {
          storage_encrypted = true
        }
        resource "aws_rds_cluster" "b" {
          kms_key_id = "arn:aws:kms:eu-west-1:123456789012:alias/aws/rds"
        }
        resource "aws_rds_cluster" "c" {
          kms_key_id = data.aws_kms_alias.rds.target_key_arn
        }
      `,
      problems: [
        { message: 'missing', at: '4:1-4:31' },
        { message: 'missing', at: '8:16-8:66' },
        { message: 'missing', at: '11:16-11:53' },
      ],
      output: null,
    },
  ],
})
