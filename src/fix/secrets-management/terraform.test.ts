import { parse } from '@cdktf/hcl2json'
import { describe, expect, test } from 'vitest'
import { leaksLeft, plan, refusals } from './rules.test-helper.ts'

const database = (password: string, more = ''): string => `resource "aws_db_instance" "orders" {
  engine   = "postgres"
  username = "app"
  password = ${password}
}
${more}`

function after(files: Record<string, string>): Record<string, string> {
  const result = plan(files)
  expect([...leaksLeft(result), ...refusals(result)]).toEqual([])
  expect(plan(Object.fromEntries(result.files)).changes).toEqual([])
  return Object.fromEntries(result.files)
}

describe('a password in code', () => {
  test('becomes a sensitive variable without a value', async () => {
    const files = after({ 'main.tf': database('"hunter2-and-more" # old') })
    expect(files['main.tf']).toBe(database('var.orders_password # old'))
    expect(files['variables.tf']).toBe(`variable "orders_password" {
  type        = string
  description = "Secret, given from outside (TF_VAR_orders_password) and never written in a file."
  sensitive   = true
  nullable    = false

  validation {
    condition     = length(var.orders_password) > 0
    error_message = "Set TF_VAR_orders_password where Terraform runs."
  }
}
`)
    await expect(parse('variables.tf', files['variables.tf'] ?? '')).resolves.toBeTruthy()
  })

  test('is taken from the default of its variable, whose lines stay aligned, and its output is hidden', () => {
    const variable = `variable "password" {
  type    = string
  default = "hunter2-and-more"
}

output "dsn" {
  value = "app:\${var.password}@db"
}
`
    expect(after({ 'main.tf': database('var.password', variable) })['main.tf']).toBe(
      database(
        'var.password',
        `variable "password" {
  type      = string
  sensitive = true
  nullable  = false
}

output "dsn" {
  value = "app:\${var.password}@db"

  sensitive = true
}
`,
      ),
    )
  })

  test('is taken out of every tfvars file, those of other environments too', () => {
    const files = after({
      'main.tf': database('var.password', 'variable "password" {\n  type = string\n}\n'),
      'terraform.tfvars': 'region = "x"\npassword = "hunter2-and-more"\nzone = "y"\n',
      'env/prod.tfvars': 'password = "another-secret-1"\n',
    })
    expect(files['terraform.tfvars']).toBe('region = "x"\nzone = "y"\n')
    expect(files['env/prod.tfvars']).toBe('')
    expect(files['main.tf']).toContain('sensitive = true')
  })

  test('is taken from the argument of a module, whose variable becomes sensitive with it', () => {
    const files = after({
      'main.tf': 'module "db" {\n  source   = "./db"\n  password = "hunter2-and-more"\n}\n',
      'db/main.tf': database('var.password', 'variable "password" {}\n'),
    })
    expect(files['main.tf']).toContain('password = var.orders_password')
    expect(files['variables.tf']).toContain('variable "orders_password"')
    expect(files['db/main.tf']).toBe(database('var.password', 'variable "password" {}\n'))
  })

  test('is taken from the default inside a module, and every call gives it', () => {
    const files = after({
      'main.tf':
        'module "a" {\n  source = "./db"\n}\n\nmodule "b" {\n  source   = "./db"\n  password = "other-secret-22"\n}\n',
      'db/main.tf': database('var.password', 'variable "password" {\n  default = "hunter2-and-more"\n}\n'),
    })
    expect(files['main.tf']).toContain('password = var.a_password')
    expect(files['main.tf']).toContain('password = var.b_password')
    expect(Object.values(files).join('\n')).not.toMatch(/hunter2|other-secret/)
  })

  test('is taken from a local', () => {
    const files = after({ 'main.tf': database('local.password', 'locals {\n  password = "hunter2-and-more"\n}\n') })
    expect(files['main.tf']).toContain('password = var.orders_password\n}\n')
    expect(files['main.tf']).toContain('password = local.password')
  })

  test('in JSON syntax', () => {
    const json = JSON.stringify(
      { resource: { aws_db_instance: { orders: { password: 'hunter2-and-more' } } } },
      null,
      2,
    )
    // oxlint-disable-next-line no-template-curly-in-string -- Terraform's own
    expect(after({ 'main.tf.json': json })['main.tf.json']).toContain('"password": "${var.orders_password}"')
  })

  test('a variable that also decides what exists is refused', () => {
    const text = database('var.password', 'variable "password" {\n  default = "hunter2-and-more"\n}\n')
    const result = plan({
      'main.tf': `${text}resource "aws_sns_topic" "t" {\n  count = var.password == "" ? 0 : 1\n}\n`,
    })
    expect(refusals(result)).toEqual([
      'rds-no-hardcoded-password: variable password also decides which resources exist, which a sensitive one cannot',
    ])
  })

  test('a structure of tfvars is refused', () => {
    const files = {
      'main.tf': database('var.db.password', 'variable "db" {}\n'),
      'terraform.tfvars': 'db = { password = "hunter2-and-more" }\n',
    }
    expect(refusals(plan(files))[0]).toContain('part of a structure in terraform.tfvars')
  })

  test('a variable of the wanted name is not taken over', () => {
    const files = after({ 'main.tf': database('"hunter2-and-more"', 'variable "orders_password" {}\n') })
    expect(files['main.tf']).toContain('password = var.orders_password_2')
  })

  test('for_each: one block, one variable', () => {
    const text = database('"hunter2-and-more"').replace('{\n', '{\n  for_each = toset(["a", "b"])\n\n')
    expect(after({ 'main.tf': text })['main.tf']).toBe(text.replace('"hunter2-and-more"', 'var.orders_password'))
  })

  test('CRLF stays', () => {
    const files = after({ 'main.tf': database('"hunter2-and-more"').replaceAll('\n', '\r\n') })
    expect(files['main.tf']).not.toMatch(/[^\r]\n/)
    expect(files['variables.tf']).not.toMatch(/[^\r]\n/)
  })
})

test('the same value in a function and in a script is one variable', () => {
  const files = after({
    'main.tf': `resource "aws_lambda_function" "f" {
  environment {
    variables = {
      API_TOKEN = "abcdef-123456"
      MODE      = "fast"
    }
  }
}

resource "aws_instance" "web" {
  user_data = <<-EOF
    #!/bin/bash
    export API_TOKEN="abcdef-123456"
    export REGION=x
  EOF
}
`,
  })
  expect(files['main.tf']).toContain('API_TOKEN = var.f_api_token')
  // oxlint-disable-next-line no-template-curly-in-string -- Terraform's own
  expect(files['main.tf']).toContain('export API_TOKEN="${var.f_api_token}"')
  expect(files['variables.tf']?.match(/variable "/g)).toHaveLength(1)
})

test('a provider loses its key, and the lines around it are aligned', () => {
  const files = after({
    'main.tf': `provider "aws" {
  region     = "us-west-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}
`,
  })
  expect(files['main.tf']).toBe('provider "aws" {\n  region = "us-west-1"\n}\n')
})
