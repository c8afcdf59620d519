import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ecr-kms-encryption.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_ecr_repository" "a" {
        encryption_configuration {
          encryption_type = "KMS"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "type" {}
      resource "aws_ecr_repository" "a" {
        encryption_configuration {
          encryption_type = var.type
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ecr_repository" "a" {
          name = "app"
        }
        resource "aws_ecr_repository" "b" {
          encryption_configuration {
            encryption_type = "AES256"
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:34' },
        { message: 'wrong', at: '6:23-6:31' },
      ],
      output: hcl`
        resource "aws_ecr_repository" "a" {
          name = "app"

          encryption_configuration {
            encryption_type = "KMS"
          }
        }
        resource "aws_ecr_repository" "b" {
          encryption_configuration {
            encryption_type = "KMS"
          }
        }
      `,
    },
  ],
})
