import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-document-no-privilege-escalation.ts'

testRule(rule, {
  valid: [
    hcl`
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["iam:CreateAccessKey"]
          resources = ["arn:aws:iam::123456789012:user/$\${aws:username}"]
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "users" {}
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["iam:CreateAccessKey"]
          resources = var.users
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["iam:CreateAccessKey", "sts:AssumeRole", "iam:UpdateAssumeRolePolicy"]
            resources = ["*"]
          }
        }
      `,
      problems: [
        { message: 'path', at: '3:18-3:39' },
        { message: 'path', at: '3:59-3:87' },
      ],
      output: null,
    },
  ],
})
