import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-root-access-key.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_iam_user" "ci" {}
      resource "aws_iam_access_key" "a" {
        user = aws_iam_user.ci.name
      }
      resource "aws_iam_access_key" "b" {
        user = "roots"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "user" {}
      resource "aws_iam_access_key" "a" {
        user = var.user
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_iam_access_key" "a" {
          user = "root"
        }
      `,
      problems: [{ message: 'root', at: '2:10-2:16' }],
      output: null,
    },
  ],
})
