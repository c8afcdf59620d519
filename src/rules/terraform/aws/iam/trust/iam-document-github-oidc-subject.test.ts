import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-document-github-oidc-subject.ts'

testRule(rule, {
  valid: [
    {
      name: 'the service accounts of a cluster, whose issuer is known only when it exists',
      code: hcl`
        resource "aws_eks_cluster" "shop" {
          name = "shop"
        }
        resource "aws_iam_openid_connect_provider" "shop" {
          url            = aws_eks_cluster.shop.identity[0].oidc[0].issuer
          client_id_list = ["sts.amazonaws.com"]
        }
        data "aws_iam_policy_document" "api" {
          statement {
            actions = ["sts:AssumeRoleWithWebIdentity"]
            principals {
              type        = "Federated"
              identifiers = [aws_iam_openid_connect_provider.shop.arn]
            }
            condition {
              test     = "StringEquals"
              variable = "\${replace(aws_iam_openid_connect_provider.shop.url, "https://", "")}:sub"
              values   = ["system:serviceaccount:shop:api"]
            }
          }
        }
      `,
    },
    {
      name: 'the subject of a provider whose name is filled in',
      code: hcl`
        variable "issuer" {}
        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRoleWithWebIdentity"]
            principals {
              type        = "Federated"
              identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
            }
            condition {
              test     = "StringEquals"
              variable = "\${var.issuer}:sub"
              values   = ["repo:acme/shop:ref:refs/heads/main"]
            }
          }
        }
      `,
    },
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
      name: 'the same, for any owner',
      code: hcl`
        variable "issuer" {}
        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRoleWithWebIdentity"]
            principals {
              type        = "Federated"
              identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
            }
            condition {
              test     = "StringLike"
              variable = "\${var.issuer}:sub"
              values   = ["repo:*/shop:*"]
            }
          }
        }
      `,
      problems: [{ message: 'anyRepository', at: '12:19-12:34' }],
      output: null,
    },
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
