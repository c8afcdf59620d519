import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-document-no-wildcard-resources.ts'

testRule(rule, {
  valid: [
    {
      name: 'in a key policy "*" is the key',
      code: hcl`
        data "aws_iam_policy_document" "key" {
          statement {
            actions   = ["kms:*"]
            resources = ["*"]
            principals {
              type        = "AWS"
              identifiers = ["arn:aws:iam::123456789012:root"]
            }
          }
        }
      `,
    },
    hcl`
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["ecr:GetAuthorizationToken"]
          resources = ["*"]
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "arns" {}
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["sqs:SendMessage"]
          resources = var.arns
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["sqs:*"]
            resources = ["*"]
            condition {
              test     = "StringLike"
              variable = "aws:PrincipalTag/team"
              values   = ["*"]
            }
          }
        }
      `,
      problems: [{ message: 'everyResource', at: '4:18-4:21' }],
      output: null,
    },
  ],
})
