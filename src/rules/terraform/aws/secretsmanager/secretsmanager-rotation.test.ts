import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './secretsmanager-rotation.ts'

testRule(rule, {
  valid: [
    {
      name: 'by a resource of its own, one for each, or inline',
      code: hcl`
        resource "aws_secretsmanager_secret" "a" {
          for_each = toset(["x", "y"])
        }
        resource "aws_secretsmanager_secret_rotation" "a" {
          for_each  = aws_secretsmanager_secret.a
          secret_id = each.value.id
        }
        resource "aws_lambda_function" "f" {}
        resource "aws_secretsmanager_secret" "b" {
          rotation_lambda_arn = aws_lambda_function.f.arn
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'which secret is rotated is not known',
      code: hcl`
        variable "secret" {}
        resource "aws_secretsmanager_secret" "a" {}
        resource "aws_secretsmanager_secret_rotation" "a" {
          secret_id = var.secret
        }
      `,
    },
    {
      name: 'inside a module that is not there',
      code: hcl`
        resource "aws_secretsmanager_secret" "a" {}
        module "rotation" {
          source = "example.com/rotation/aws"
          secret = aws_secretsmanager_secret.a.arn
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_secretsmanager_secret" "a" {}
        resource "aws_secretsmanager_secret" "b" {}
        resource "aws_secretsmanager_secret_rotation" "b" {
          secret_id = aws_secretsmanager_secret.b.id
        }
      `,
      problems: [{ message: 'never', at: '1:1-1:41' }],
      output: null,
    },
  ],
})
