import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-no-hardcoded-password.ts'

const WITH_DEFAULT = `variable "db_password" {
  type      = string
  sensitive = true
  default   = "hunter2-hunter2"
}
resource "aws_db_instance" "d" {
  password = var.db_password
}
`

testRule(rule, {
  valid: [
    {
      name: 'managed by RDS, generated, or read from a secret',
      code: hcl`
        resource "aws_db_instance" "a" {
          manage_master_user_password = true
        }
        resource "random_password" "p" {
          length = 32
        }
        resource "aws_db_instance" "b" {
          password = random_password.p.result
        }
        data "aws_secretsmanager_secret_version" "s" {
          secret_id = "db"
        }
        resource "aws_rds_cluster" "c" {
          master_password = jsondecode(data.aws_secretsmanager_secret_version.s.secret_string)["password"]
        }
      `,
    },
    {
      name: 'partly generated',
      code: hcl`
        resource "random_password" "p" {
          length = 32
        }
        resource "aws_db_instance" "d" {
          password = "Aa1-\${random_password.p.result}"
        }
      `,
    },
    {
      name: 'a variable that must be given',
      code: hcl`
        variable "password" {
          type      = string
          sensitive = true
        }
        resource "aws_db_instance" "d" {
          password = var.password
        }
      `,
    },
    {
      name: 'a plan, which does not tell where the password comes from',
      code: {
        'plan.json': JSON.stringify({
          format_version: '1.2',
          planned_values: {
            root_module: {
              resources: [
                {
                  address: 'aws_db_instance.d',
                  mode: 'managed',
                  type: 'aws_db_instance',
                  name: 'd',
                  values: { password: 'x1' },
                },
              ],
            },
          },
        }),
      },
    },
    {
      name: 'nothing',
      code: hcl`
        variable "password" {
          default = null
        }
        resource "aws_db_instance" "d" {
          password = var.password
        }
        resource "aws_rds_cluster" "c" {
          master_password = ""
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "d" {
          password = "hunter2-hunter2"
        }
        resource "aws_rds_cluster" "c" {
          master_password_wo = "hunter2-hunter2"
        }
      `,
      problems: [
        { message: 'literal', at: '2:14-2:31', data: { attribute: 'password' } },
        { message: 'literal', at: '5:24-5:41', data: { attribute: 'master_password_wo' } },
      ],
      output: null,
    },
    {
      name: 'the default of a variable',
      code: { 'main.tf': WITH_DEFAULT },
      problems: [{ message: 'literal', at: '4:15-4:32' }],
      output: null,
    },
    {
      name: 'a variable file',
      code: {
        'main.tf': 'variable "p" {}\nresource "aws_db_instance" "d" {\n  password = var.p\n}\n',
        'prod.auto.tfvars': 'p = "hunter2-hunter2"\n',
      },
      problems: [{ message: 'literal', at: '1:5-1:22', file: 'prod.auto.tfvars' }],
      output: null,
    },
    {
      name: 'the argument of a module call',
      code: {
        'main.tf': 'module "db" {\n  source = "./db"\n  secret = "hunter2-hunter2"\n}\n',
        'db/main.tf': 'variable "secret" {}\nresource "aws_db_instance" "d" {\n  password = var.secret\n}\n',
      },
      problems: [{ message: 'literal', at: '3:12-3:29', file: 'main.tf' }],
      output: null,
    },
    {
      name: 'one of two literals',
      code: hcl`
        variable "prod" {}
        resource "aws_db_instance" "d" {
          password = var.prod ? "hunter2-hunter2" : "hunter3-hunter3"
        }
      `,
      problems: [{ message: 'literal', at: '3:14-3:62' }],
      output: null,
    },
  ],
})

test('a first password whose changes are ignored is reported with less confidence', () => {
  const text = `resource "aws_db_instance" "d" {
  password = "hunter2-hunter2"
  lifecycle {
    ignore_changes = [password]
  }
}
`
  const { findings } = auditProject({ files: { 'main.tf': text }, rules: [rule] }).result
  expect(findings.map(({ confidence }) => confidence)).toEqual(['MEDIUM'])
})

test('the password itself is nowhere in the result', () => {
  const { result } = auditProject({ files: { 'main.tf': WITH_DEFAULT }, rules: [rule] })
  expect(result.findings).toHaveLength(1)
  expect(
    JSON.stringify({ ...result, findings: result.findings.map(({ message, title }) => [message, title]) }),
  ).not.toContain('hunter2')
})
