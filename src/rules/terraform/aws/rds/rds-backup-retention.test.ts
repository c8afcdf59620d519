import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-backup-retention.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_db_instance" "d" {
        backup_retention_period = 14
      }
    `,
    {
      name: 'an Aurora instance, and a replica',
      code: hcl`
        resource "aws_db_instance" "d" {
          engine = "aurora-mysql"
        }
        resource "aws_db_instance" "r" {
          replicate_source_db = "main"
        }
        variable "databases" { type = map(any) }
        resource "aws_db_instance" "main" {
          for_each                = var.databases
          identifier              = each.value.name
          backup_retention_period = 14
        }
        resource "aws_db_instance" "replica" {
          for_each            = var.databases
          replicate_source_db = aws_db_instance.main[each.key].identifier
        }
      `,
    },
    {
      name: 'another bound',
      code: hcl`
        resource "aws_rds_cluster" "c" {
          backup_retention_period = 1
        }
      `,
      params: { days: 1 },
    },
    {
      name: 'both ways of a condition',
      code: hcl`
        variable "prod" { type = bool }
        resource "aws_db_instance" "d" {
          backup_retention_period = var.prod ? 35 : 7
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'restored, so as its source was',
      code: hcl`
        resource "aws_db_instance" "d" {
          snapshot_identifier = "rds:shop-2026-11-01"
        }
        resource "aws_db_instance" "p" {
          restore_to_point_in_time {
            source_db_instance_identifier = "shop"
            use_latest_restorable_time    = true
          }
        }
      `,
    },
    {
      name: 'perhaps a replica',
      code: hcl`
        variable "source" { type = string }
        resource "aws_db_instance" "d" {
          replicate_source_db = var.source
        }
      `,
    },
    hcl`
      variable "days" {}
      resource "aws_db_instance" "d" {
        backup_retention_period = var.days
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "none" {
          backup_retention_period = 0
        }
        resource "aws_db_instance" "unset" {
          engine = "postgres"
        }
        resource "aws_rds_cluster" "day" {
          engine = "aurora-mysql"
        }
        resource "aws_rds_cluster" "days" {
          backup_retention_period = 3 # enough?
        }
        resource "aws_rds_cluster" "restored" {
          snapshot_identifier = "shop"
        }
        resource "aws_db_instance" "restored" {
          snapshot_identifier     = "shop"
          backup_retention_period = 0
        }
      `,
      problems: [
        { message: 'none', at: '2:29-2:30', data: { days: 0 } },
        { message: 'none', at: '4:1-4:35', data: { days: 0 } },
        { message: 'short', at: '7:1-7:33', data: { days: 1, wanted: 7 } },
        { message: 'short', at: '11:29-11:30', data: { days: 3, wanted: 7 } },
        { message: 'short', at: '13:1-13:38', data: { days: 1, wanted: 7 } },
        { message: 'none', at: '18:29-18:30', data: { days: 0 } },
      ],
      output: null,
    },
  ],
})
