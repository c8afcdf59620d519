import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './codebuild-artifacts-encrypted.ts'

testRule(rule, {
  valid: [
    {
      name: 'encrypted by default, or no artifacts at all',
      code: hcl`
        resource "aws_codebuild_project" "a" {
          artifacts {
            type = "S3"
          }
        }
        resource "aws_codebuild_project" "b" {
          artifacts {
            type                = "NO_ARTIFACTS"
            encryption_disabled = true
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "plain" {}
      resource "aws_codebuild_project" "a" {
        artifacts {
          type                = "S3"
          encryption_disabled = var.plain
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_codebuild_project" "a" {
          artifacts {
            type                = "S3"
            encryption_disabled = true
          }
          secondary_artifacts {
            type                = "S3"
            encryption_disabled = true
          }
        }
      `,
      problems: [
        { message: 'off', at: '4:27-4:31' },
        { message: 'off', at: '8:27-8:31' },
      ],
      output: hcl`
        resource "aws_codebuild_project" "a" {
          artifacts {
            type                = "S3"
            encryption_disabled = false
          }
          secondary_artifacts {
            type                = "S3"
            encryption_disabled = false
          }
        }
      `,
    },
  ],
})
