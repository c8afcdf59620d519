import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './codebuild-no-privileged-mode.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_codebuild_project" "a" {
        environment {
          type = "LINUX_CONTAINER"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "docker" {}
      resource "aws_codebuild_project" "a" {
        environment {
          privileged_mode = var.docker
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_codebuild_project" "a" {
          environment {
            privileged_mode = true
          }
        }
      `,
      problems: [{ message: 'wrong', at: '3:23-3:27' }],
      output: hcl`
        resource "aws_codebuild_project" "a" {
          environment {
            privileged_mode = false
          }
        }
      `,
    },
  ],
})
