import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './redshift-logging.ts'

testRule(rule, {
  valid: [
    {
      name: 'in a resource of its own, or inline',
      code: hcl`
        resource "aws_redshift_cluster" "a" {
          cluster_identifier = "a"
        }
        resource "aws_redshift_logging" "a" {
          cluster_identifier   = aws_redshift_cluster.a.id
          log_destination_type = "cloudwatch"
        }
        resource "aws_redshift_cluster" "b" {
          logging {
            enable = true
          }
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'whose logging it is, is not known',
      code: hcl`
        variable "cluster" {}
        resource "aws_redshift_cluster" "a" {}
        resource "aws_redshift_logging" "a" {
          cluster_identifier = var.cluster
        }
      `,
    },
    {
      name: 'a block that may not be there',
      code: hcl`
        variable "logs" {}
        resource "aws_redshift_cluster" "a" {
          dynamic "logging" {
            for_each = var.logs
            content {
              enable = true
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_redshift_cluster" "a" {}
        resource "aws_redshift_cluster" "b" {
          logging {
            enable = false
          }
        }
      `,
      problems: [
        { message: 'off', at: '1:1-1:36' },
        { message: 'off', at: '4:14-4:19' },
      ],
      output: null,
    },
  ],
})
