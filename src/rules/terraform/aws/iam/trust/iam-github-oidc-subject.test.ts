import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-github-oidc-subject.ts'

const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'
const SUBJECT = '"token.actions.githubusercontent.com:sub"'
const AUDIENCE = '"token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"'

/** A role with one trust statement that has this condition on line 8. */
function trust(condition: string): { readonly 'main.tf': string } {
  return {
    'main.tf': `resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = "${PROVIDER}" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        ${condition}
      }
    }]
  })
}
`,
  }
}

/** The condition with an audience and a subject that is compared by an operator. */
function subject(operator: string, value: string): { readonly 'main.tf': string } {
  return trust(
    `${operator} = { ${SUBJECT} = ${value} }, StringEquals${operator === 'StringEquals' ? 'IgnoreCase' : ''} = { ${AUDIENCE} }`,
  )
}

testRule(rule, {
  valid: [
    {
      name: 'an audience is what the provider has as its client id',
      code: trust(`StringLike = { ${SUBJECT} = "repo:acme/shop:*" }`),
    },
    { name: 'one branch', code: subject('StringEquals', '"repo:acme/shop:ref:refs/heads/main"') },
    { name: 'one repository', code: subject('StringLike', '"repo:acme/shop:*"') },
    {
      name: 'several',
      code: subject('"ForAnyValue:StringLike"', '["repo:acme/a:*", "repo:acme/b-*:environment:production"]'),
    },
    { name: 'a customised subject', code: subject('StringLike', '"repository_owner:acme:repository_id:1234:*"') },
    { name: 'wildcards are letters where texts are compared', code: subject('StringEquals', '"repo:acme/*"') },
    {
      name: 'other providers and other actions',
      code: hcl`
        resource "aws_iam_openid_connect_provider" "cluster" {
          url = "https://oidc.eks.eu-west-1.amazonaws.com/id/A1"
        }
        resource "aws_iam_role" "r" {
          assume_role_policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Principal = { Federated = aws_iam_openid_connect_provider.cluster.arn }
                Action    = "sts:AssumeRoleWithWebIdentity"
              },
              { Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" },
            ]
          })
        }
      `,
    },
    {
      name: 'whatever the provider is called, this is a cluster',
      code: hcl`
        variable "provider_arn" {}
        resource "aws_iam_role" "r" {
          assume_role_policy = jsonencode({
            Statement = [{
              Effect    = "Allow"
              Principal = { Federated = var.provider_arn }
              Action    = "sts:AssumeRoleWithWebIdentity"
              Condition = { StringEquals = { "oidc.example:sub" = "system:serviceaccount:shop:api" } }
            }]
          })
        }
      `,
    },
    {
      name: 'a document is judged by itself',
      code: hcl`
        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRoleWithWebIdentity"]
            principals {
              type        = "Federated"
              identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
            }
          }
        }
        resource "aws_iam_role" "r" {
          assume_role_policy = data.aws_iam_policy_document.trust.json
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'the subject is given',
      code: { 'main.tf': `variable "s" {}\n${subject('StringLike', 'var.s')['main.tf']}` },
    },
    {
      name: 'the owner is given',
      code: { 'main.tf': `variable "o" {}\n${subject('StringLike', '"repo:${var.o}/shop:*"')['main.tf']}` },
    },
    {
      name: 'the provider is given',
      code: hcl`
        variable "provider_arn" {}
        resource "aws_iam_role" "r" {
          assume_role_policy = jsonencode({
            Statement = [{
              Effect    = "Allow"
              Principal = { Federated = var.provider_arn }
              Action    = "sts:AssumeRoleWithWebIdentity"
            }]
          })
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'no subject',
      code: trust(`StringEquals = { ${AUDIENCE} }`),
      problems: [{ message: 'noSubject', at: '5:33-5:110' }],
      output: null,
    },
    {
      name: 'a subject that need not be there',
      code: trust(`"ForAllValues:StringLike" = { ${SUBJECT} = "repo:acme/shop:*" }, StringEquals = { ${AUDIENCE} }`),
      problems: [{ message: 'noSubject' }],
      output: null,
    },
    ...['"*"', '"repo:*"', '"repo:*/shop:*"', '"repo:acme*/shop:*"', '"*:ref:refs/heads/main"'].map((value) => ({
      name: `anybody: ${value}`,
      code: subject('StringLike', value),
      problems: [{ message: 'anyRepository', at: `8:68-8:${68 + value.length}` }],
      output: null,
    })),
    {
      name: 'any repository of the owner, beside one that is right',
      code: subject('StringLike', '["repo:acme/shop:*", "repo:acme/*"]'),
      problems: [{ message: 'wholeOwner', at: '8:89-8:102' }],
      output: null,
    },
    {
      name: 'what anybody can call theirs',
      code: subject('StringEquals', '"environment:production"'),
      problems: [{ message: 'ownerless', data: { subject: 'environment:production' } }],
      output: null,
    },
    {
      name: 'by reference to the provider',
      code: hcl`
        resource "aws_iam_openid_connect_provider" "github" {
          url = "https://token.actions.githubusercontent.com"
        }
        resource "aws_iam_role" "r" {
          assume_role_policy = jsonencode({
            Statement = [{
              Effect    = "Allow"
              Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
              Action    = "sts:AssumeRoleWithWebIdentity"
            }]
          })
        }
      `,
      problems: [{ message: 'noSubject', at: '8:33-8:75' }],
      output: null,
    },
  ],
})

test('how bad it is depends on who gets in', () => {
  const severities = ['"repo:*"', '"repo:acme/*"'].map((value) => {
    const { findings } = auditProject({ files: subject('StringLike', value), rules: [rule] }).result
    return findings.map(({ severity }) => severity)
  })
  expect(severities).toEqual([['CRITICAL'], ['MEDIUM']])
})
