import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ssm-parameter-encrypted.ts'

testRule(rule, {
  valid: [
    {
      name: 'encrypted, the id of an image, and said to be no secret',
      code: hcl`
        resource "aws_ssm_parameter" "a" {
          type = "SecureString"
        }
        resource "aws_ssm_parameter" "b" {
          type      = "String"
          data_type = "aws:ec2:image"
        }
        resource "aws_ssm_parameter" "c" {
          type           = "String"
          insecure_value = "eu-west-1"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "type" {}
      resource "aws_ssm_parameter" "a" {
        type = var.type
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ssm_parameter" "a" {
          name  = "/app/token"
          type  = "String"
          value = "x"
        }
      `,
      problems: [{ message: 'wrong', at: '3:11-3:19', data: { value: 'String' } }],
      output: hcl`
        resource "aws_ssm_parameter" "a" {
          name  = "/app/token"
          type  = "SecureString"
          value = "x"
        }
      `,
    },
  ],
})
