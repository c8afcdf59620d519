import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-not-public.ts'

testRule(rule, {
  valid: [
    {
      name: 'the default is no public address',
      code: hcl`
        resource "aws_db_instance" "d" {}
        resource "aws_rds_cluster_instance" "c" {}
      `,
    },
    hcl`
      resource "aws_db_instance" "d" {
        publicly_accessible = "false"
      }
    `,
    {
      name: 'null is the default',
      code: hcl`
        variable "public" {
          type    = bool
          default = null
        }
        resource "aws_db_instance" "d" {
          publicly_accessible = var.public
        }
      `,
    },
    {
      name: 'the validation of a variable refuses it',
      code: hcl`
        variable "public" {
          type = bool
          validation {
            condition     = !var.public
            error_message = "Never."
          }
        }
        resource "aws_db_instance" "d" {
          publicly_accessible = var.public
        }
      `,
    },
    {
      name: 'right whichever way the condition goes',
      code: hcl`
        variable "prod" {}
        resource "aws_db_instance" "d" {
          publicly_accessible = var.prod ? false : null
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "public" {}
      resource "aws_db_instance" "d" {
        publicly_accessible = var.public
      }
    `,
    {
      name: 'one way of two',
      code: hcl`
        variable "prod" {}
        resource "aws_rds_cluster_instance" "c" {
          publicly_accessible = var.prod ? false : true
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "d" {
          publicly_accessible = true
        }
        resource "aws_rds_cluster_instance" "c" {
          count               = 2
          publicly_accessible = "true"
        }
      `,
      problems: [
        { message: 'public', at: '2:25-2:29' },
        { message: 'public', at: '6:25-6:31' },
        { message: 'public', at: '6:25-6:31' },
      ],
      output: null,
    },
    {
      name: 'set by a variable file',
      code: {
        'main.tf': 'variable "public" {}\nresource "aws_db_instance" "d" {\n  publicly_accessible = var.public\n}\n',
        'terraform.tfvars': 'public = true\n',
      },
      problems: [{ message: 'public', at: '1:10-1:14', file: 'terraform.tfvars' }],
      output: null,
    },
  ],
})
