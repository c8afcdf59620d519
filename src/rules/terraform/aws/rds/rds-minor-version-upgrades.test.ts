import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-minor-version-upgrades.ts'

testRule(rule, {
  valid: [
    {
      name: 'the default',
      code: hcl`
        resource "aws_db_instance" "d" {}
      `,
    },
  ],
  undecided: [
    hcl`
      variable "upgrade" {}
      resource "aws_rds_cluster_instance" "c" {
        auto_minor_version_upgrade = var.upgrade
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "d" {
          auto_minor_version_upgrade = "false"
        }
      `,
      problems: [{ message: 'wrong', at: '2:32-2:39' }],
      output: null,
    },
  ],
})
