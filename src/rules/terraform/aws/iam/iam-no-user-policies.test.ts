import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-user-policies.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_iam_policy_attachment" "a" {
        roles      = ["app"]
        users      = []
        policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "users" {}
      resource "aws_iam_policy_attachment" "a" {
        users = var.users
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        variable "user" {}
        resource "aws_iam_user_policy" "a" {
          user = var.user
        }
        resource "aws_iam_user_policy_attachment" "b" {
          user = "ci"
        }
        resource "aws_iam_policy_attachment" "c" {
          users = [var.user, "ci"]
        }
      `,
      problems: [
        { message: 'toUser', at: '3:10-3:18' },
        { message: 'toUser', at: '6:10-6:14' },
        { message: 'toUser', at: '9:11-9:27' },
      ],
      output: null,
    },
  ],
})
