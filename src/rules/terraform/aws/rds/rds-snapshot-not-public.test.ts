import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-snapshot-not-public.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_db_snapshot" "a" {}
      resource "aws_db_snapshot" "b" {
        shared_accounts = ["123456789012"]
      }
    `,
  ],
  undecided: [
    hcl`
      variable "accounts" {}
      resource "aws_db_snapshot" "a" {
        shared_accounts = var.accounts
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_snapshot" "a" {
          shared_accounts = ["123456789012", "all"] # for the vendor
        }
      `,
      problems: [{ message: 'public', at: '2:38-2:43' }],
      output: null,
    },
    {
      name: 'a list from elsewhere is not edited',
      code: hcl`
        locals {
          accounts = ["all"]
        }
        resource "aws_db_cluster_snapshot" "a" {
          shared_accounts = local.accounts
        }
      `,
      problems: [{ message: 'public', at: '2:15-2:20' }],
      output: null,
    },
  ],
})
