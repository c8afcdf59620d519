import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './lambda-no-hardcoded-secrets.ts'

testRule(rule, {
  valid: [
    {
      name: 'settings, references, and names of secrets',
      code: hcl`
        variable "token" {
          sensitive = true
        }
        resource "aws_secretsmanager_secret" "s" {}
        resource "aws_lambda_function" "f" {
          environment {
            variables = {
              LOG_LEVEL     = "debug"
              API_TOKEN     = var.token
              DB_SECRET     = aws_secretsmanager_secret.s.arn
              TOKEN_SECONDS = "3600"
              DB_PASSWORD   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db"
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        variable "prod" { type = bool }
        resource "aws_lambda_function" "f" {
          environment {
            variables = {
              ACCESS_KEY  = "AKIAIOSFODNN7EXAMPLE"
              DB_PASSWORD = "hunter2-hunter2"
              DATABASE    = "postgres://app:hunter2@db/shop"
              API_TOKEN   = var.prod ? "abc-one" : "abc-two"
            }
          }
        }
      `,
      problems: [
        { message: 'literal', at: '5:21-5:43', data: { name: 'ACCESS_KEY' } },
        { message: 'literal', at: '6:21-6:38', data: { name: 'DB_PASSWORD' } },
        { message: 'literal', at: '7:21-7:53', data: { name: 'DATABASE' } },
        { message: 'literal', at: '8:21-8:53', data: { name: 'API_TOKEN' } },
      ],
      output: null,
    },
  ],
})
