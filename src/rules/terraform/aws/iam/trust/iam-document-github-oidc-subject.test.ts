import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-document-github-oidc-subject.ts'

testRule(rule, {
  valid: [
    hcl`
      data "aws_iam_policy_document" "trust" {
        statement {
          actions = ["sts:AssumeRoleWithWebIdentity"]
          principals {
            type        = "Federated"
            identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
          }
          condition {
            test     = "StringEquals"
            variable = "token.actions.githubusercontent.com:aud"
            values   = ["sts.amazonaws.com"]
          }
          condition {
            test     = "StringLike"
            variable = "token.actions.githubusercontent.com:sub"
            values   = ["repo:acme/shop:ref:refs/heads/main"]
          }
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "subjects" {}
      data "aws_iam_policy_document" "trust" {
        statement {
          actions = ["sts:AssumeRoleWithWebIdentity"]
          principals {
            type        = "Federated"
            identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
          }
          condition {
            test     = "StringEquals"
            variable = "token.actions.githubusercontent.com:aud"
            values   = ["sts.amazonaws.com"]
          }
          condition {
            test     = "StringLike"
            variable = "token.actions.githubusercontent.com:sub"
            values   = var.subjects
          }
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRoleWithWebIdentity"]
            principals {
              type        = "Federated"
              identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
            }
            condition {
              test     = "StringLike"
              variable = "token.actions.githubusercontent.com:sub"
              values   = ["repo:acme/shop:*", "repo:*/shop:*"]
            }
          }
        }
      `,
      problems: [{ message: 'anyRepository', at: '11:39-11:54' }],
      output: null,
    },
  ],
})
