import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-iam-authentication.ts'

testRule(rule, {
  valid: [
    {
      name: 'on, or not to be had',
      code: hcl`
        resource "aws_rds_cluster" "c" {
          iam_database_authentication_enabled = true
        }
        resource "aws_db_instance" "o" {
          engine = "oracle-ee"
        }
        resource "aws_db_instance" "s" {
          engine                              = "sqlserver-se"
          iam_database_authentication_enabled = false
        }
        resource "aws_rds_cluster" "s" {
          engine_mode = "serverless"
        }
        resource "aws_db_instance" "a" {
          engine = "aurora"
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'an engine that is that of a snapshot, or not known',
      code: hcl`
        variable "engine" {}
        resource "aws_db_instance" "s" {
          snapshot_identifier = "rds:shop-2026-11-01"
        }
        resource "aws_db_instance" "v" {
          engine = var.engine
        }
      `,
    },
    hcl`
      variable "iam" {}
      resource "aws_db_instance" "d" {
        engine                              = "mysql"
        iam_database_authentication_enabled = var.iam
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "d" {
          engine = "postgres"
        }
        resource "aws_rds_cluster" "c" {
          engine                              = "aurora-mysql"
          iam_database_authentication_enabled = false
        }
        resource "aws_rds_cluster" "d" {
          engine_mode = "provisioned"
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:31' },
        { message: 'wrong', at: '6:41-6:46' },
        { message: 'wrong', at: '8:1-8:31' },
      ],
      output: null,
    },
  ],
})
