import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './docdb-tls.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_docdb_cluster_parameter_group" "a" {
        parameter {
          name  = "tls"
          value = "enabled"
        }
        parameter {
          name  = "audit_logs"
          value = "disabled"
        }
      }
      resource "aws_docdb_cluster_parameter_group" "defaults" {}
    `,
  ],
  undecided: [
    hcl`
      variable "tls" {}
      resource "aws_docdb_cluster_parameter_group" "a" {
        parameter {
          name  = "tls"
          value = var.tls
        }
      }
    `,
    {
      name: 'some parameter is disabled',
      code: hcl`
        variable "name" {}
        resource "aws_docdb_cluster_parameter_group" "a" {
          parameter {
            name  = var.name
            value = "disabled"
          }
        }
      `,
    },
    {
      name: 'parameters from an unknown collection',
      code: hcl`
        variable "parameters" {}
        resource "aws_docdb_cluster_parameter_group" "a" {
          dynamic "parameter" {
            for_each = var.parameters
            content {
              name  = parameter.key
              value = parameter.value
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_docdb_cluster_parameter_group" "a" {
          family = "docdb5.0"
          parameter {
            name  = "tls"
            value = "disabled"
          }
        }
      `,
      problems: [{ message: 'off', at: '5:13-5:23' }],
      output: hcl`
        resource "aws_docdb_cluster_parameter_group" "a" {
          family = "docdb5.0"
          parameter {
            name  = "tls"
            value = "enabled"
          }
        }
      `,
    },
  ],
})
