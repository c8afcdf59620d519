import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-storage-encrypted.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_db_instance" "d" {
        storage_encrypted = true
      }
    `,
    {
      name: 'an Aurora instance has the storage of its cluster',
      code: hcl`
        resource "aws_db_instance" "d" {
          engine = "aurora-postgresql"
        }
      `,
    },
    {
      name: 'Aurora Serverless v1 is always encrypted',
      code: hcl`
        resource "aws_rds_cluster" "c" {
          engine_mode = "serverless"
        }
      `,
    },
    {
      name: 'a replica is as encrypted as the database that it copies',
      code: hcl`
        resource "aws_db_instance" "main" {
          storage_encrypted = true
        }
        resource "aws_db_instance" "replica" {
          replicate_source_db = aws_db_instance.main.identifier
        }
        resource "aws_db_instance" "far" {
          replicate_source_db = "arn:aws:rds:eu-west-1:123456789012:db:main"
          kms_key_id          = "arn:aws:kms:eu-central-1:123456789012:key/1"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "encrypted" {}
      resource "aws_db_instance" "d" {
        storage_encrypted = var.encrypted
      }
    `,
    {
      name: 'restored from a snapshot',
      code: hcl`
        resource "aws_rds_cluster" "c" {
          snapshot_identifier = "before-migration"
        }
      `,
    },
    {
      name: 'a replica of a database that is not declared here',
      code: hcl`
        variable "source" {}
        resource "aws_db_instance" "d" {
          replicate_source_db = var.source
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a replica does not hide its unencrypted source',
      code: hcl`
        resource "aws_db_instance" "main" {
          engine = "postgres"
        }
        resource "aws_db_instance" "replica" {
          replicate_source_db = aws_db_instance.main.identifier
        }
      `,
      problems: [{ message: 'unset', at: '1:1-1:34' }],
      output: null,
    },
    {
      name: 'false, even for a snapshot',
      code: hcl`
        resource "aws_db_instance" "d" {
          snapshot_identifier = "before-migration"
          storage_encrypted   = false
        }
        resource "aws_rds_cluster" "c" {
          engine = "aurora-mysql"
        }
      `,
      problems: [
        { message: 'off', at: '3:25-3:30' },
        { message: 'unset', at: '5:1-5:31' },
      ],
      output: null,
    },
  ],
})
