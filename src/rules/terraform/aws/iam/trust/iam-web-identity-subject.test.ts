import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-web-identity-subject.ts'

/** A role that trusts a cluster, with this condition on line 7. */
function cluster(condition: string): { readonly 'main.tf': string } {
  return {
    'main.tf': `resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { ${condition} }
    }]
  })
}
variable "s" {}
`,
  }
}

testRule(rule, {
  valid: [
    {
      name: 'one service account, one namespace, and a second condition that says who',
      code: cluster(
        'StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/A1:sub" = "system:serviceaccount:shop:api" }',
      ),
    },
    cluster('StringLike = { "oidc.eks.eu-west-1.amazonaws.com/id/A1:sub" = "system:serviceaccount:shop:*" }'),
    {
      name: 'the provider of the condition is not known, its claim is',
      code: cluster('StringEquals = { "${var.s}:sub" = "system:serviceaccount:shop:api" }'),
    },
    cluster('StringLike = { "a:sub" = "*" }, StringEquals = { "a:sub" = "system:serviceaccount:shop:api" }'),
    {
      name: 'GitHub has a rule of its own; users of an identity pool are known by the pool; SAML has no subject',
      code: hcl`
        resource "aws_iam_openid_connect_provider" "github" {
          url = "https://token.actions.githubusercontent.com"
        }
        resource "aws_iam_role" "r" {
          assume_role_policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
                Action    = "sts:AssumeRoleWithWebIdentity"
              },
              {
                Effect    = "Allow"
                Principal = { Federated = "cognito-identity.amazonaws.com" }
                Action    = "sts:AssumeRoleWithWebIdentity"
                Condition = { StringEquals = { "cognito-identity.amazonaws.com:aud" = "eu-west-1:1" } }
              },
              {
                Effect    = "Allow"
                Principal = { Federated = "arn:aws:iam::123456789012:saml-provider/adfs" }
                Action    = "sts:AssumeRoleWithSAML"
              },
            ]
          })
        }
      `,
    },
  ],
  undecided: [
    cluster('StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/A1:sub" = var.s }'),
    {
      name: 'the conditions are given',
      code: hcl`
        variable "condition" {}
        resource "aws_iam_role" "r" {
          assume_role_policy = jsonencode({
            Statement = [{
              Effect    = "Allow"
              Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/gitlab.example" }
              Action    = "sts:AssumeRoleWithWebIdentity"
              Condition = var.condition
            }]
          })
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'only an audience',
      code: cluster('StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/A1:aud" = "sts.amazonaws.com" }'),
      problems: [{ message: 'noSubject', at: '5:33-5:113' }],
      output: null,
    },
    ...['"*"', '"system:serviceaccount:*"', '["system:serviceaccount:a:b", "system:serviceaccount:*:*"]'].map(
      (value) => ({
        name: `everybody: ${value}`,
        code: cluster(`StringLike = { "oidc:sub" = ${value} }`),
        problems: [{ message: 'anySubject' }],
        output: null,
      }),
    ),
    {
      name: 'a document, with a provider that is declared beside it',
      code: hcl`
        resource "aws_iam_openid_connect_provider" "cluster" {
          url = "https://oidc.eks.eu-west-1.amazonaws.com/id/A1"
        }
        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRoleWithWebIdentity"]
            principals {
              type        = "Federated"
              identifiers = [aws_iam_openid_connect_provider.cluster.arn]
            }
          }
        }
        resource "aws_iam_role" "r" {
          assume_role_policy = data.aws_iam_policy_document.trust.json
        }
      `,
      problems: [{ message: 'noSubject', at: '9:22-9:65' }],
      output: null,
    },
  ],
})
