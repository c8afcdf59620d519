import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-encryption-in-transit.ts'

testRule(rule, {
  valid: [
    {
      name: 'the version that AWS takes by itself',
      code: hcl`
        resource "aws_db_instance" "d" {
          engine = "postgres"
        }
      `,
    },
    {
      name: 'forced by the group',
      code: hcl`
        resource "aws_db_parameter_group" "g" {
          family = "mysql8.0"
          parameter {
            name  = "require_secure_transport"
            value = "ON"
          }
        }
        resource "aws_db_instance" "d" {
          engine               = "mysql"
          parameter_group_name = aws_db_parameter_group.g.name
        }
      `,
    },
    {
      name: 'the default of newer versions; engines without such a parameter; Aurora',
      code: hcl`
        resource "aws_db_instance" "d" {
          engine         = "postgres"
          engine_version = "16.4"
        }
        resource "aws_db_parameter_group" "g" {
          family = "postgres17"
        }
        resource "aws_db_instance" "e" {
          engine               = "postgres"
          parameter_group_name = aws_db_parameter_group.g.id
        }
        resource "aws_db_instance" "o" {
          engine = "oracle-se2"
        }
        resource "aws_db_instance" "a" {
          engine = "aurora-postgresql"
        }
      `,
    },
    {
      name: 'a group by its name',
      code: hcl`
        resource "aws_rds_cluster_parameter_group" "g" {
          name   = "own"
          family = "aurora-mysql8.0"
          parameter {
            name  = "require_secure_transport"
            value = 1
          }
        }
        resource "aws_rds_cluster" "c" {
          engine                          = "aurora-mysql"
          db_cluster_parameter_group_name = "own"
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a group that is not declared here',
      code: hcl`
        resource "aws_db_instance" "d" {
          engine               = "postgres"
          parameter_group_name = "hardened"
        }
      `,
    },
    {
      name: 'parameters that are not known',
      code: hcl`
        variable "parameters" {}
        resource "aws_db_parameter_group" "g" {
          family = "postgres14"
          dynamic "parameter" {
            for_each = var.parameters
            content {
              name  = parameter.key
              value = parameter.value
            }
          }
        }
        resource "aws_db_instance" "d" {
          engine               = "postgres"
          parameter_group_name = aws_db_parameter_group.g.name
        }
      `,
    },
    {
      name: 'an engine that is not known',
      code: hcl`
        variable "engine" {}
        resource "aws_db_instance" "d" {
          engine = var.engine
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'switched off in the group, and missing in another one',
      code: hcl`
        resource "aws_db_parameter_group" "g" {
          family = "postgres16"
          parameter {
            name  = "rds.force_ssl"
            value = "0" # old driver
          }
        }
        resource "aws_db_instance" "d" {
          engine               = "postgres"
          parameter_group_name = aws_db_parameter_group.g.name
        }
        resource "aws_rds_cluster_parameter_group" "c" {
          family = "aurora-mysql8.0"
        }
        resource "aws_rds_cluster" "c" {
          engine                          = "aurora-mysql"
          db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.c.name
        }
      `,
      problems: [
        { message: 'plain', at: '5:13-5:16' },
        { message: 'plain', at: '12:1-12:47' },
      ],
      output: null,
    },
    {
      name: 'the default group',
      code: hcl`
        resource "aws_db_instance" "d" {
          engine         = "postgres"
          engine_version = "14.7"
        }
        resource "aws_db_instance" "m" {
          engine               = "mysql"
          parameter_group_name = "default.mysql8.0"
        }
        resource "aws_rds_cluster" "a" {
          cluster_identifier = "shop"
        }
      `,
      problems: [
        { message: 'plain', at: '1:1-1:31', data: { database: 'd', parameter: 'rds.force_ssl' } },
        { message: 'plain', at: '7:26-7:44', data: { database: 'm', parameter: 'require_secure_transport' } },
        { message: 'plain', at: '9:1-9:31', data: { database: 'a', parameter: 'require_secure_transport' } },
      ],
      output: null,
    },
  ],
})
